#if NET8_0_OR_GREATER
using System.Buffers.Text;
using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads seconds; what are none, or none that .NET can express, is given up.</summary>
internal static class Utf8Seconds
{
    public static WireSeconds? ReadTime(ref Utf8Source source) => Of(ref source) is { Time: not null } time ? time : GiveUp(ref source);

    public static WireSeconds? ReadDuration(ref Utf8Source source) => Of(ref source) is { Duration: not null } length ? length : GiveUp(ref source);

    private static WireSeconds? Of(ref Utf8Source source)
    {
        switch (source.TokenType)
        {
            case JsonTokenType.Number:
                var digits = source.Bytes;
                return Utf8Parser.TryParse(digits, out long whole, out var length) && length == digits.Length ? WireSeconds.OfWhole(whole)
                    : Utf8Primitives.ReadDoubleOrNull(ref source) is { } fraction ? WireSeconds.OfFraction(fraction)
                    : null;
            case JsonTokenType.String:
                return WireSeconds.Parse(source.ReadText());
            default:
                return null;
        }
    }

    private static WireSeconds? GiveUp(ref Utf8Source source)
    {
        if (source.TokenType != JsonTokenType.Null)
        {
            source.GiveUp<WireSeconds>();
        }

        return null;
    }
}
#endif
