using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// NaN and infinities, which some servers write as names without quotation marks. They are no JSON; Newtonsoft.Json reads them
/// all the same, and also as texts.
/// </summary>
internal static class NonFiniteNumbers
{
    /// <summary>Puts quotation marks around them; null where there are none.</summary>
    public static byte[]? Quote(ReadOnlySpan<byte> json)
    {
        List<byte>? quoted = null;
        var start = 0;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == (byte)'"')
            {
                i = EndOfText(json, i);
            }
            else if (Length(json.Slice(i)) is > 0 and var length)
            {
                quoted ??= new List<byte>(json.Length + 2);
                quoted.AddRange(json.Slice(start, i - start).ToArray());
                quoted.Add((byte)'"');
                quoted.AddRange(json.Slice(i, length).ToArray());
                quoted.Add((byte)'"');
                start = i + length;
                i = start - 1;
            }
        }

        quoted?.AddRange(json.Slice(start).ToArray());
        return quoted?.ToArray();
    }

    /// <summary>Whether JSON is the name of one, as a text.</summary>
    public static bool IsName(JToken json) => json is JValue { Value: "NaN" or "Infinity" or "-Infinity" };

    private static int Length(ReadOnlySpan<byte> json)
        => json.StartsWith("NaN"u8) ? 3
            : json.StartsWith("Infinity"u8) ? 8
            : json.StartsWith("-Infinity"u8) ? 9
            : 0;

    private static int EndOfText(ReadOnlySpan<byte> json, int start)
    {
        for (var i = start + 1; i < json.Length; i++)
        {
            if (json[i] == (byte)'"')
            {
                return i;
            }

            i += json[i] == (byte)'\\' ? 1 : 0;
        }

        return json.Length;
    }
}
