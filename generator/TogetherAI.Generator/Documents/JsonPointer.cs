using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Documents;

/// <summary>References such as <c>#/components/schemas/Pet</c> (RFC 6901, as a fragment).</summary>
internal static class JsonPointer
{
    public const string Schemas = "#/components/schemas/";

    public static bool TryParse(string reference, [NotNullWhen(true)] out IReadOnlyList<string>? segments)
    {
        segments = reference == "#" ? []
            : reference.StartsWith("#/", StringComparison.Ordinal) ? [.. reference[2..].Split('/').Select(Unescape)]
            : null;
        return segments is not null;
    }

    public static string Create(params IEnumerable<string> segments)
        => "#" + string.Concat(segments.Select(static segment => "/" + Escape(segment)));

    public static string Unescape(string segment)
        => Uri.UnescapeDataString(segment).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    public static Node? Step(Node? node, string segment) => node switch
    {
        MapNode map => map[segment],
        ListNode list when int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => list.Items.ElementAtOrDefault(index),
        _ => null,
    };

    /// <summary>Finds what a reference within a document names; null where there is nothing.</summary>
    public static Node? Find(Node root, string reference)
        => TryParse(reference, out var segments) ? segments.Aggregate((Node?)root, Step) : null;

    // Of what a fragment may not have, only the sign that begins an escape would be read as something else.
    public static string Escape(string segment)
        => segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal).Replace("%", "%25", StringComparison.Ordinal);
}
