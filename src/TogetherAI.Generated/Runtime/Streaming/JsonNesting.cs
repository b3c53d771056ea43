namespace TogetherAI.Runtime.Streaming;

/// <summary>Follows the bytes of a JSON text, wherever they are cut, to know whether its value has ended.</summary>
internal struct JsonNesting
{
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;

    /// <summary>Whether the next byte stands outside of every object, array and string.</summary>
    public readonly bool IsOutside => _depth <= 0 && !_isInString;

    /// <summary>Takes the next byte.</summary>
    public void Add(byte value)
    {
        if (_isInString)
        {
            _isInString = value != '"' || _isEscaped;
            _isEscaped = value == '\\' && !_isEscaped;
            return;
        }

        _isInString = value == '"';
        _depth += value switch { (byte)'{' or (byte)'[' => 1, (byte)'}' or (byte)']' => -1, _ => 0 };
    }
}
