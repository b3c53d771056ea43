using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>One token of a <see cref="JsonTape"/>: a name, a value, or the beginning or end of an object or array.</summary>
internal struct JsonTapeToken
{
    /// <summary>No position is known.</summary>
    public const int None = -1;

    /// <summary>Where the token begins in the text it was parsed from; a string or a name begins behind its quotation mark.</summary>
    public int Start;

    /// <summary>How many bytes it has there, without quotation marks.</summary>
    public int Length;

    // No token has both.
    private int _endOrField;

    /// <summary>Of the beginning of an object or array: the position of its end.</summary>
    public int End
    {
        readonly get => _endOrField;
        set => _endOrField = value;
    }

    /// <summary>Of a name: the position of the field in the type that is read; <see cref="None"/> until it is known.</summary>
    public int Field
    {
        readonly get => _endOrField;
        set => _endOrField = value;
    }

    /// <summary>The part of the tape's text that the token belongs to; see <see cref="JsonTapePart"/>.</summary>
    public int Part;

    /// <summary>The text of a string that is the same in every text that the tape fits; null until it is read.</summary>
    public string? Text;

    public JsonTokenType Type;

    /// <summary>Whether it was written with escapes.</summary>
    public bool IsEscaped;

    /// <summary>Whether it must be the same in every text that the tape fits.</summary>
    public bool IsPinned;

    /// <summary>Whether it was seen to differ between texts.</summary>
    public bool HasVaried;

    /// <summary>Whether it is the varying end of its part.</summary>
    public bool IsVarying;
}
