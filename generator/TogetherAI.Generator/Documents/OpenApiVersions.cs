using System.Text.RegularExpressions;

namespace TogetherAI.Generator.Documents;

/// <summary>Tells the version of the specification from what a document says.</summary>
internal static partial class OpenApiVersions
{
    public static bool IsKnown(string? text) => text is not null && Known().IsMatch(text);

    /// <summary>The version; the oldest one where the text is none that is known.</summary>
    public static OpenApiVersion Of(string? text) => !IsKnown(text) ? OpenApiVersion.V30 : text![2] switch
    {
        '1' => OpenApiVersion.V31,
        '2' => OpenApiVersion.V32,
        _ => OpenApiVersion.V30,
    };

    [GeneratedRegex(@"^3\.[012](\.[0-9]+(-[0-9A-Za-z.-]+)?)?\z")]
    private static partial Regex Known();
}
