using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// The tokens of one JSON text. A tape that has learned its text also fits others that differ from it in nothing but
/// some strings and numbers, without parsing them: equal bytes are equal tokens, and what stands where a string or a
/// number stood only has to be one. The chunks of a stream are like that.
/// </summary>
internal sealed partial class JsonTape
{
    private const int InitialTokens = 16;

    // A tape lives as long as its stream; what a rare large text needs is not kept.
    private const int MostTokensToKeep = 4 * 1024;

    private JsonTapeToken[] _tokens = new JsonTapeToken[InitialTokens];
    private JsonTapePart[] _parts = new JsonTapePart[4];
    private int _tokenCount;
    private int _partCount;
    private int _mismatch = JsonTapeToken.None;

    /// <summary>The largest number of tokens that a text may have.</summary>
    public int MaxTokens { get; set; } = int.MaxValue;

    public ref JsonTapeToken this[int token] => ref _tokens[token];

    /// <summary>Parses a text.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="JsonTooLargeException">It has more than <see cref="MaxTokens"/>.</exception>
    public void Parse(ReadOnlySpan<byte> json)
    {
        _partCount = 0;
        _parts[0] = default;
        if (_tokens.Length > MostTokensToKeep)
        {
            _tokens = new JsonTapeToken[InitialTokens];
        }

        var reader = new JsonTokenReader(json);
        var open = JsonTapeToken.None;
        var count = 0;
        while (reader.Read())
        {
            if (count == _tokens.Length)
            {
                if (count >= MaxTokens)
                {
                    throw new JsonTooLargeException(MaxTokens);
                }

                Array.Resize(ref _tokens, count * 2);
            }

            Record(in reader, count++, ref open);
        }

        if (count != _tokenCount)
        {
            // What varied in a text of another shape says nothing here.
            _mismatch = JsonTapeToken.None;
            ForgetVariations(count);
        }

        _tokenCount = count;
    }

    /// <summary>The position behind a value, all that is in it included.</summary>
    public int After(int value)
        => _tokens[value].Type is JsonTokenType.StartObject or JsonTokenType.StartArray ? _tokens[value].End + 1 : value + 1;

    /// <summary>The bytes of a token in the present text, without quotation marks.</summary>
    public ReadOnlySpan<byte> Bytes(int token, ReadOnlySpan<byte> json)
    {
        ref var found = ref _tokens[token];
        ref var part = ref _parts[found.Part];
        return json.Slice(found.Start + part.Shift, found.IsVarying ? part.VaryingLength : found.Length);
    }

    /// <summary>The bytes of a value in the present text, quotation marks and all that is in it included.</summary>
    public ReadOnlySpan<byte> Raw(int value, ReadOnlySpan<byte> json)
    {
        var mark = _tokens[value].Type == JsonTokenType.String ? 1 : 0;
        var start = _tokens[value].Start + _parts[_tokens[value].Part].Shift - mark;
        return json.Slice(start, End(value, json) - start);
    }

    /// <summary>The bytes of a name with its value, quotation marks and all that is in it included.</summary>
    public ReadOnlySpan<byte> RawField(int name, ReadOnlySpan<byte> json)
    {
        var start = _tokens[name].Start + _parts[_tokens[name].Part].Shift - 1;
        return json.Slice(start, End(name + 1, json) - start);
    }

    /// <summary>Whether a string or name has escapes in the present text.</summary>
    public bool IsEscaped(int token)
        => _tokens[token].IsVarying ? _parts[_tokens[token].Part].IsEscaped : _tokens[token].IsEscaped;

    /// <summary>Whether a string has a certain text, which has no escapes.</summary>
    public bool TextIs(int token, ReadOnlySpan<byte> json, ReadOnlySpan<byte> text)
        => JsonText.Is(Bytes(token, json), IsEscaped(token), text);

    /// <summary>Whether a name is a certain one, maybe in other case, as Newtonsoft.Json takes it.</summary>
    public bool NameIs(int token, ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var bytes = Bytes(token, json);
        if (IsEscaped(token))
        {
            return string.Equals(JsonText.Decode(bytes, isEscaped: true), ApiJson.Decode(name), StringComparison.OrdinalIgnoreCase);
        }

        return bytes.SequenceEqual(name) || (bytes.Length == name.Length && EqualsInOtherCase(bytes, name));
    }

    /// <summary>The value of a field of an object; null where there is none, or no object. Of several, the last one counts.</summary>
    public int? Find(int container, ReadOnlySpan<byte> json, ReadOnlySpan<byte> field)
    {
        int? found = null;
        if (_tokens[container].Type == JsonTokenType.StartObject)
        {
            for (var name = container + 1; _tokens[name].Type == JsonTokenType.PropertyName; name = After(name + 1))
            {
                found = NameIs(name, json, field) ? name + 1 : found;
            }
        }

        return found;
    }

    /// <summary>Whether a value is something else than null and than an empty text, object or array.</summary>
    public bool HasValue(int value) => _tokens[value].Type switch
    {
        JsonTokenType.Null => false,
        JsonTokenType.String => _tokens[value].Length > 0,
        JsonTokenType.StartObject or JsonTokenType.StartArray => After(value) > value + 2,
        _ => true,
    };

    /// <summary>Whether a value is of a certain kind. Null is none, nor is an empty text, which stands for null to Newtonsoft.Json.</summary>
    /// <exception cref="JsonException">It is of another kind.</exception>
    public bool Require(int value, JsonTokenType type, ReadOnlySpan<byte> json)
    {
        ref var token = ref _tokens[value];
        if (token.Type == type)
        {
            return true;
        }

        if (token.Type != JsonTokenType.Null && !(token.Type == JsonTokenType.String && token.Length == 0))
        {
            throw new JsonException($"Expected {Named(type)} at '{PathTo(value, json)}' but found {Named(token.Type)}.");
        }

        token.IsPinned = true;
        return false;
    }

    /// <summary>Where a value stands, as it is usually written.</summary>
    public string PathTo(int value, ReadOnlySpan<byte> json)
    {
        var path = new StringBuilder();
        var container = 0;
        while (container != value)
        {
            var isObject = _tokens[container].Type == JsonTokenType.StartObject;
            var item = container + 1;
            for (var position = 0; ; position++)
            {
                var inner = isObject ? item + 1 : item;
                if (After(inner) > value)
                {
                    _ = isObject
                        ? path.Append(path.Length > 0 ? "." : "").Append(JsonText.Decode(Bytes(item, json), IsEscaped(item)))
                        : path.Append('[').Append(position).Append(']');
                    container = inner;
                    break;
                }

                item = After(inner);
            }
        }

        return path.ToString();
    }

    /// <summary>An integer, in whichever form it is written; null where the value is none, or does not fit.</summary>
    public int? Int32(int value, ReadOnlySpan<byte> json)
    {
        var bytes = Bytes(value, json);
        if (_tokens[value].Type is not (JsonTokenType.Number or JsonTokenType.String))
        {
            return null;
        }

        return Utf8Parser.TryParse(bytes, out int number, out var length) && length == bytes.Length ? number
            : JsonInteger.Read(JsonText.Decode(bytes, IsEscaped(value))) is { } integer && (int)integer == integer ? (int)integer
            : null;
    }

#if NET8_0_OR_GREATER
    /// <summary>Whether two names differ in nothing but their case.</summary>
    public static bool EqualsInOtherCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => System.Text.Ascii.EqualsIgnoreCase(left, right);
#else
    /// <summary>Whether two names differ in nothing but their case.</summary>
    public static bool EqualsInOtherCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        => (left.IsEmpty || (left[0] | 0x20) == (right[0] | 0x20))
            && string.Equals(ApiJson.Decode(left), ApiJson.Decode(right), StringComparison.OrdinalIgnoreCase);
#endif

    private static string Named(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    private int End(int value, ReadOnlySpan<byte> json)
    {
        var last = After(value) - 1;
        var mark = _tokens[last].Type == JsonTokenType.String ? 1 : 0;
        return _tokens[last].Start + _parts[_tokens[last].Part].Shift + Bytes(last, json).Length + mark;
    }

    private void Record(in JsonTokenReader reader, int position, ref int open)
    {
        ref var token = ref _tokens[position];
        var type = reader.TokenType;
        token = new JsonTapeToken
        {
            Start = reader.ValueStart,
            Length = reader.Value.Length,
            Field = JsonTapeToken.None,
            Type = type,
            IsEscaped = reader.IsEscaped,
            HasVaried = token.HasVaried && token.Type == type,
        };
        switch (type)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                token.End = open;
                open = position;
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                var outer = _tokens[open].End;
                _tokens[open].End = position;
                open = outer;
                break;
        }
    }
}
