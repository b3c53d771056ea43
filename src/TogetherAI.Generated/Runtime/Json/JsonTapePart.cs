using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>A part of the text that a <see cref="JsonTape"/> has learned: bytes that stay, and a value that varies.</summary>
internal struct JsonTapePart
{
    /// <summary>Where the bytes that stay begin in the learned text.</summary>
    public int Start;

    /// <summary>How many stay.</summary>
    public int Length;

    /// <summary>What varies behind them: a string, a number, or nothing in the last part.</summary>
    public JsonTokenType Varying;

    /// <summary>Whether the varying value must not be empty.</summary>
    public bool IsRequired;

    /// <summary>How much further on than in the learned text the part stands in the present one.</summary>
    public int Shift;

    /// <summary>Bytes of the varying value in the present text.</summary>
    public int VaryingLength;

    /// <summary>Whether it is written with escapes there.</summary>
    public bool IsEscaped;
}
