#if NET8_0_OR_GREATER
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// JSON in UTF-8 that generated types read themselves from. What is out of the ordinary (a number where a text belongs,
/// a name in other case, a required field that is missing) is read by Newtonsoft.Json from the same bytes, so that both
/// ways always agree.
/// </summary>
internal ref struct Utf8Source
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonTape? _tape;
    private readonly JsonBudget? _budget;
    private Utf8JsonReader _reader;
    private int _token;

    private Utf8Source(ReadOnlySpan<byte> json, JsonTape? tape, JsonBudget? budget)
    {
        _json = json;
        _tape = tape;
        _budget = budget;
        _token = JsonTapeToken.None;
        _reader = tape is null ? new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth }) : default;
    }

    /// <summary>What the source stands on.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>The bytes that it stands on, without quotation marks.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _tape is null ? _reader.ValueSpan : _tape.Bytes(_token, _json);

    /// <summary>Whether the string or name that it stands on has escapes.</summary>
    public readonly bool IsEscaped => _tape is null ? _reader.ValueIsEscaped : _tape.IsEscaped(_token);

    /// <summary>Whether reading goes on only to come to an end; see <see cref="GiveUp{T}"/>.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Reads one value that fills the whole text; false where it is for Newtonsoft.Json to read.</summary>
    /// <param name="json">The text.</param>
    /// <param name="tape">Its tokens, where they are known.</param>
    /// <param name="budget">Bounds its values; null where something else does.</param>
    /// <param name="value">The value, which may be null.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, JsonTape? tape, JsonBudget? budget, out T? value)
    {
        var source = new Utf8Source(json, tape, budget);
        source.Read();
        value = Utf8Value<T>.Read(ref source);
        if (source.IsGivenUp)
        {
            value = default;
            return false;
        }

        if (tape is null)
        {
            // Anything after the value is an error of the reader's own.
            source._reader.Read();
        }

        return true;
    }

    /// <summary>Goes to the next token.</summary>
    public void Read()
    {
        if (_tape is null)
        {
            _reader.Read();
            TokenType = _reader.TokenType;
        }
        else
        {
            TokenType = _tape[++_token].Type;
        }
    }

    /// <summary>Counts a value of a list.</summary>
    public readonly void Spend() => _budget?.Spend();

    /// <summary>The string or name that the source stands on.</summary>
    public readonly string ReadText()
    {
        if (_tape is null || _tape[_token].IsVarying)
        {
            return JsonText.Decode(Bytes, IsEscaped);
        }

        // What stays the same in every chunk is made a string once.
        return _tape[_token].Text ??= JsonText.Decode(Bytes, IsEscaped);
    }

    /// <summary>Goes to the value of the next field of an object.</summary>
    /// <param name="names">The known names in the order of the document, which is mostly that of the wire too.</param>
    /// <param name="field">In: the field before, or -1. Out: the position of the field's name; -1 for an unknown one.</param>
    /// <param name="unknown">The name of an unknown field.</param>
    /// <returns>False at the end of the object.</returns>
    public bool NextField(byte[][] names, ref int field, out string? unknown)
    {
        unknown = null;
        if (IsGivenUp)
        {
            return false;
        }

        Read();
        if (TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        field = FieldOf(names, expected: field + 1);
        if (field < 0)
        {
            unknown = ReadText();
        }

        Read();
        return true;
    }

    /// <summary>
    /// Whether the value of a required field counts as given. To Newtonsoft.Json an empty text is none where it stands
    /// for something else than a text.
    /// </summary>
    public readonly bool IsPresent<T>() => TokenType switch
    {
        JsonTokenType.Null => false,
        JsonTokenType.String => typeof(T) == typeof(string) || !Bytes.IsEmpty,
        _ => true,
    };

    /// <summary>Keeps a field that the document does not know.</summary>
    public void Keep(string name, byte[][] names, ref IDictionary<string, JToken>? unknown)
    {
        foreach (var known in names)
        {
            if (known.Length == name.Length && string.Equals(Encoding.UTF8.GetString(known), name, StringComparison.OrdinalIgnoreCase))
            {
                // Newtonsoft.Json takes a name in other case for the known one, unless that is there too.
                GiveUp<JToken>();
                return;
            }
        }

        unknown ??= new Dictionary<string, JToken>();
        unknown[name] = Utf8Value<JToken>.Read(ref this) ?? JValue.CreateNull();
    }

    /// <summary>Reads the present value with Newtonsoft.Json.</summary>
    public T? ReadSlowly<T>()
    {
        try
        {
            return ApiJson.DeserializeOrNull<T>(Skip(), _budget) ?? GiveUp<T>();
        }
        catch (Newtonsoft.Json.JsonException)
        {
            // What is wrong is said where the whole text is read, with the path to it.
            return GiveUp<T>();
        }
    }

    /// <summary>Leaves the whole text to Newtonsoft.Json, because what it means depends on more than the present value.</summary>
    public T? GiveUp<T>()
    {
        IsGivenUp = true;
        return default;
    }

    private ReadOnlySpan<byte> Skip()
    {
        if (_tape is { } tape)
        {
            var value = _token;
            _token = tape.After(value) - 1;
            return tape.Raw(value, _json);
        }

        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return _json[start..(int)_reader.BytesConsumed];
    }

    private readonly int FieldOf(byte[][] names, int expected)
    {
        if (_tape is null)
        {
            return Find(names, expected);
        }

        ref var name = ref _tape[_token];
        return name.Field >= 0 ? name.Field : name.Field = Find(names, expected);
    }

    private readonly int Find(byte[][] names, int expected)
    {
        var name = Bytes;
        var isEscaped = IsEscaped;
        for (var i = 0; i < names.Length; i++)
        {
            var candidate = expected + i;
            candidate = candidate >= names.Length ? candidate - names.Length : candidate;
            if (JsonText.Is(name, isEscaped, names[candidate]))
            {
                return candidate;
            }
        }

        return -1;
    }
}
#endif
