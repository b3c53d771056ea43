#if NET8_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// JSON in UTF-8 that generated types read themselves from. A fast source gives up what is out of the ordinary (a name in other
/// case, a required field that is missing), which is read again by a tolerant one: strictly, and where that fails leniently, as
/// Newtonsoft.Json's serializer does, so that both ways always agree.
/// </summary>
internal ref struct Utf8Source
{
    private const int NothingOffered = -1;
    private const int Taken = -2;

    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonTape? _tape;
    private readonly JsonBudget? _budget;
    private JsonTokenReader _reader;
    private int _token;
    private int _offered;

    private Utf8Source(ReadOnlySpan<byte> json, JsonTape? tape, JsonBudget? budget, JsonPathStack? path = null)
    {
        Path = path;
        _offered = NothingOffered;
        _json = json;
        _tape = tape;
        _budget = budget;
        _token = JsonTapeToken.None;
        _reader = tape is null ? new JsonTokenReader(json) : default;
    }

    /// <summary>What the source stands on.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>The bytes that it stands on, without quotation marks.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _tape is null ? _reader.Value : _tape.Bytes(_token, _json);

    /// <summary>Whether the string or name that it stands on has escapes.</summary>
    public readonly bool IsEscaped => _tape is null ? _reader.IsEscaped : _tape.IsEscaped(_token);

    /// <summary>Whether reading goes on only to come to an end; see <see cref="GiveUp{T}"/>.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Where a tolerant source is; null for a fast one.</summary>
    public JsonPathStack? Path { get; }

    /// <summary>Whether what is out of the ordinary is read, or refused with a message, instead of given up.</summary>
    public readonly bool IsTolerant => Path is not null;

    /// <summary>Whether a field that is not required and cannot be read is kept as JSON.</summary>
    public bool IsLenient { get; private init; }

    /// <summary>Whether objects are made without being read.</summary>
    public bool IsDescribing { get; private init; }

    /// <summary>Bounds the values; null where something else does.</summary>
    public readonly JsonBudget? Budget => _budget;

    /// <summary>A source that reads a value without a budget, strictly.</summary>
    public static Utf8Source Tolerant(ReadOnlySpan<byte> json)
    {
        var source = new Utf8Source(json, tape: null, budget: null, new JsonPathStack());
        source.Read();
        return source;
    }

    /// <summary>Reads one value strictly, without a budget.</summary>
    /// <exception cref="Newtonsoft.Json.JsonException">It cannot be read.</exception>
    public static T? ReadStrictly<T>(ReadOnlySpan<byte> json, Utf8Read<T> read)
    {
        var source = Tolerant(json);
        return read(ref source);
    }

    /// <summary>An object of a generated type without any field; null where the type is none of an object.</summary>
    public static IUtf8Object? Describe<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>()
    {
        var source = new Utf8Source("{}"u8, tape: null, budget: null, new JsonPathStack()) { IsDescribing = true };
        source.Read();
        return Utf8Value<T>.Read(ref source) as IUtf8Object;
    }

    /// <summary>Reads one value that fills the whole text, whatever is out of the ordinary.</summary>
    /// <exception cref="Newtonsoft.Json.JsonException">It is no such value; null where there is none included.</exception>
    /// <exception cref="JsonException">The text is not JSON, or not quite.</exception>
    public static T? ReadTolerantly<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> json, JsonBudget? budget)
    {
        try
        {
            return ReadTolerantly<T>(json, budget, isLenient: false);
        }
        catch (Newtonsoft.Json.JsonException) when (IsContainer(json))
        {
            budget?.Restart();
            return ReadTolerantly<T>(json, budget, isLenient: true);
        }
    }

    /// <summary>Reads one value that fills the whole text; false where only a tolerant source can.</summary>
    /// <param name="json">The text.</param>
    /// <param name="tape">Its tokens, where they are known.</param>
    /// <param name="budget">Bounds its values; null where something else does.</param>
    /// <param name="value">The value, which may be null.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static bool TryRead<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> json, JsonTape? tape, JsonBudget? budget, out T? value)
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

        if (_offered != NothingOffered)
        {
            return TakeOffer(ref field);
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

    /// <summary>The same by the rule of the field.</summary>
    public readonly bool IsGiven(FieldRule rule) => TokenType switch
    {
        JsonTokenType.Null => false,
        JsonTokenType.String => rule.HasFlag(IsLenient ? FieldRule.EmptyText : FieldRule.Text) || !Bytes.IsEmpty,
        _ => true,
    };

    /// <summary>Makes the field whose value the source stands on the only one that <see cref="NextField"/> gives.</summary>
    /// <returns>What was offered before, for <see cref="EndOffer"/>: the value may have objects in it.</returns>
    public int Offer(int field)
    {
        var before = _offered;
        _offered = field;
        return before;
    }

    /// <summary>Goes back to what was offered before <see cref="Offer"/>.</summary>
    public void EndOffer(int before) => _offered = before;

    /// <summary>The position of the name that the source stands on, in any case, the exact one before others; negative where there is none.</summary>
    public readonly int FindInAnyCase(byte[][] names) => Find(names, expected: 0) is >= 0 and var exact ? exact : Utf8Object.Find(names, ReadText());

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
        unknown[name] = Utf8Primitives.ReadFreeForm(ref this) ?? JValue.CreateNull();
    }

    /// <summary>Reads the present value as Newtonsoft.Json does.</summary>
    public T? ReadSlowly<T>(SlowRead<T> read)
    {
        try
        {
            return SlowReading.Read(Skip(), read, IsLenient);
        }
        catch (Newtonsoft.Json.JsonException exception)
        {
            return IsTolerant ? throw Unreadable(exception) : GiveUp<T>();
        }
    }

    /// <summary>Reads the present value as free-form JSON.</summary>
    public JToken? ReadToken()
    {
        try
        {
            return ApiJson.ReadToken(Skip(), _budget);
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return GiveUp<JToken>();
        }
    }

    /// <summary>Reads the present value as a type of the program's own, by Newtonsoft.Json's serializer.</summary>
    [RequiresUnreferencedCode(NewtonsoftJson.Reason)]
    [RequiresDynamicCode(NewtonsoftJson.Reason)]
    public T? ReadOwn<T>()
    {
        try
        {
            return NewtonsoftJson.DeserializeOrNull<T>(Skip(), _budget);
        }
        catch (Newtonsoft.Json.JsonException exception)
        {
            return IsTolerant ? throw Unreadable(exception) : GiveUp<T>();
        }
    }

    /// <summary>What a value is where an object or a map belongs: null, or an empty text, which stands for it.</summary>
    public T? ReadNoObject<T>()
        where T : class
        => TokenType == JsonTokenType.Null || (IsTolerant && TokenType == JsonTokenType.String && Bytes.IsEmpty) ? null
            : IsTolerant ? throw new Newtonsoft.Json.JsonSerializationException($"The value at '{Path}' is not an object.")
            : GiveUp<T>();

    /// <summary>The same where an array belongs.</summary>
    public T? ReadNoArray<T>()
        where T : class
        => TokenType == JsonTokenType.Null || (IsTolerant && TokenType == JsonTokenType.String && Bytes.IsEmpty) ? null
            : IsTolerant ? throw new Newtonsoft.Json.JsonSerializationException($"The value at '{Path}' is not an array.")
            : GiveUp<T>();

    /// <summary>
    /// Leaves the whole text to a tolerant source, because what it means depends on more than the present value; that source refuses
    /// the value.
    /// </summary>
    /// <exception cref="Newtonsoft.Json.JsonSerializationException">The source is tolerant.</exception>
    public T? GiveUp<T>()
    {
        IsGivenUp = true;
        return IsTolerant ? throw Unreadable(cause: null) : default;
    }

    /// <summary>Goes to the last token of the present value, and gives its bytes.</summary>
    public ReadOnlySpan<byte> Skip()
    {
        if (_tape is { } tape)
        {
            var value = _token;
            _token = tape.After(value) - 1;
            return tape.Raw(value, _json);
        }

        var start = _reader.ValueStart - (TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0);
        _reader.Skip();
        return _json[start.._reader.End];
    }

    private static T? ReadTolerantly<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> json, JsonBudget? budget, bool isLenient)
    {
        var source = new Utf8Source(json, tape: null, budget, new JsonPathStack()) { IsLenient = isLenient };
        source.Read();
        var value = Utf8Value<T>.Read(ref source);
        source._reader.Read();
        return value;
    }

    private static bool IsContainer(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private readonly Newtonsoft.Json.JsonSerializationException Unreadable(Exception? cause)
        => new($"The value at '{Path}' cannot be read as what the document says.", cause!);

    private bool TakeOffer(ref int field)
    {
        if (_offered == Taken)
        {
            _offered = NothingOffered;
            return false;
        }

        (field, _offered) = (_offered, Taken);
        return true;
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
