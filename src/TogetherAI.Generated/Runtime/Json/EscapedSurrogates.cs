using System.Globalization;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Puts escaped halves of surrogate pairs in JSON in their own place, which JSON readers do not do with a half that stands
/// alone: they lose it. Servers cut a stream's text between two halves, and only both together are a character again.
/// </summary>
internal static class EscapedSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>Replaces the escapes.</summary>
    /// <returns>The length of what is left.</returns>
    public static int Unescape(Span<char> json)
    {
        var written = 0;
        for (var read = 0; read < json.Length;)
        {
            if (json[read] != '\\' || read + 1 == json.Length)
            {
                json[written++] = json[read++];
            }
            else if (Half(json.Slice(read)) is { } half)
            {
                json[written++] = half;
                read += EscapeLength;
            }
            else
            {
                // Both characters of the escape: the second may be another backslash.
                json[written++] = json[read++];
                json[written++] = json[read++];
            }
        }

        return written;
    }

    private static char? Half(ReadOnlySpan<char> escape)
        => escape.Length >= EscapeLength && escape[1] == 'u' && escape[2] is 'd' or 'D'
            && ushort.TryParse(escape.Slice(2, 4).ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && char.IsSurrogate((char)code)
                ? (char)code
                : null;
}
