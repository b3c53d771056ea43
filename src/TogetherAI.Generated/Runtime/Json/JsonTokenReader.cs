using System.Diagnostics;
using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads the tokens of one JSON text (RFC 8259), forward only. It takes the texts that <see cref="Utf8JsonReader"/> takes, and
/// refuses the others as that does, but looks at strings in blocks: that one goes byte by byte from the first escape on, and the
/// texts of models have one in nearly every line.
/// </summary>
/// <remarks>
/// Invariant: the <see cref="_depth"/> lowest bits of <see cref="_objects"/> say of each open container whether it is an object,
/// the innermost in the lowest bit; so no text is deeper than the bits.
/// </remarks>
internal ref struct JsonTokenReader
{
    private readonly ReadOnlySpan<byte> _json;
    private ulong _objects;
    private int _depth;
    private int _valueStart;
    private int _valueLength;
    private int _end;

    public JsonTokenReader(ReadOnlySpan<byte> json)
    {
        Debug.Assert(ApiJson.MaxDepth <= 64, "There is a bit for each container.");
        this = default;
        _json = json;
    }

    /// <summary>The token that was read last; <see cref="JsonTokenType.None"/> before the first.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>Where the token begins; a string or name behind its quotation mark.</summary>
    public readonly int ValueStart => _valueStart;

    /// <summary>The bytes of the token, without quotation marks.</summary>
    public readonly ReadOnlySpan<byte> Value => _json.Slice(_valueStart, _valueLength);

    /// <summary>Whether it is a string or name with escapes.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>The position behind the token.</summary>
    public readonly int End => _end;

    /// <summary>Goes to the next token; false at the end of the text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public bool Read()
    {
        var next = SkipWhiteSpace();
        if (next < 0)
        {
            return _depth == 0 && TokenType != JsonTokenType.None ? false : throw Invalid();
        }

        switch (TokenType)
        {
            case JsonTokenType.None:
                ReadValue(next);
                break;
            case JsonTokenType.PropertyName:
                Require(next, ':');
                _end++;
                ReadValue(SkipWhiteSpace());
                break;
            case JsonTokenType.StartObject when next != '}':
                ReadName(next);
                break;
            case JsonTokenType.StartArray when next != ']':
                ReadValue(next);
                break;
            default:
                ReadNext(next);
                break;
        }

        return true;
    }

    /// <summary>Goes to the last token of the value that the reader stands on, or before.</summary>
    public void Skip()
    {
        if (TokenType == JsonTokenType.PropertyName)
        {
            Read();
        }

        if (TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var outer = _depth - 1;
            while (_depth > outer)
            {
                Read();
            }
        }
    }

    private readonly bool IsInObject => (_objects & 1) != 0;

    // The next byte that says something, where the reader then is; -1 at the end of the text.
    private int SkipWhiteSpace()
    {
        while (_end < _json.Length)
        {
            var next = _json[_end];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return next;
            }

            _end++;
        }

        return -1;
    }

    // What follows a value: the end of what it is in, or another one.
    private void ReadNext(int next)
    {
        if (_depth > 0 && next == (IsInObject ? '}' : ']'))
        {
            Take(IsInObject ? JsonTokenType.EndObject : JsonTokenType.EndArray, length: 1);
            _objects >>= 1;
            _depth--;
            return;
        }

        Require(_depth > 0 ? next : -1, ',');
        _end++;
        next = SkipWhiteSpace();
        if (IsInObject)
        {
            ReadName(next);
        }
        else
        {
            ReadValue(next);
        }
    }

    private void ReadName(int next)
    {
        Require(next, '"');
        ReadString(JsonTokenType.PropertyName);
    }

    private void ReadValue(int next)
    {
        switch (next)
        {
            case '"':
                ReadString(JsonTokenType.String);
                break;
            case '{':
                Open(JsonTokenType.StartObject, isObject: 1);
                break;
            case '[':
                Open(JsonTokenType.StartArray, isObject: 0);
                break;
            case 't':
                ReadWord(JsonTokenType.True, "true"u8);
                break;
            case 'f':
                ReadWord(JsonTokenType.False, "false"u8);
                break;
            case 'n':
                ReadWord(JsonTokenType.Null, "null"u8);
                break;
            default:
                ReadNumber();
                break;
        }
    }

    private void ReadString(JsonTokenType type)
    {
        var length = JsonString.Length(_json.Slice(_end + 1), out var isEscaped);
        if (length == JsonString.None)
        {
            throw Invalid();
        }

        _end++;
        Take(type, length);
        _end++;
        IsEscaped = isEscaped;
    }

    private void ReadNumber()
    {
        var length = JsonNumber.Length(_json.Slice(_end));
        if (length == JsonNumber.None)
        {
            throw Invalid();
        }

        Take(JsonTokenType.Number, length);
    }

    private void ReadWord(JsonTokenType type, ReadOnlySpan<byte> word)
    {
        if (!_json.Slice(_end).StartsWith(word))
        {
            throw Invalid();
        }

        Take(type, word.Length);
    }

    private void Open(JsonTokenType type, ulong isObject)
    {
        if (_depth == ApiJson.MaxDepth)
        {
            throw Invalid();
        }

        Take(type, length: 1);
        _objects = (_objects << 1) | isObject;
        _depth++;
    }

    private void Take(JsonTokenType type, int length)
    {
        (TokenType, IsEscaped) = (type, false);
        (_valueStart, _valueLength) = (_end, length);
        _end += length;
    }

    private readonly void Require(int next, char expected)
    {
        if (next != expected)
        {
            throw Invalid();
        }
    }

    // What is wrong, and where, says the reader that everybody knows.
    private readonly JsonException Invalid()
    {
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            return exception;
        }

        Debug.Fail("The text is JSON.");
        return new JsonException("The text is not JSON.");
    }
}
