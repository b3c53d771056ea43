#if NET8_0_OR_GREATER
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI;

/// <summary>
/// JSON in UTF-8 that generated types read themselves from. What is out of the ordinary (a number where a text belongs,
/// a name in other case, a required field that is missing) is read by Newtonsoft.Json from the same bytes, so that both
/// ways always agree.
/// </summary>
internal ref struct Utf8Source
{
    private readonly ReadOnlySpan<byte> _json;

    /// <summary>The position.</summary>
    public Utf8JsonReader Reader;

    /// <summary>Whether reading goes on only to come to an end; see <see cref="GiveUp{T}"/>.</summary>
    public bool IsGivenUp { get; private set; }

    private Utf8Source(ReadOnlySpan<byte> json)
    {
        _json = json;
        Reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = TogetherAIJson.MaxDepth });
    }

    /// <summary>Reads one value that fills the whole text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="Newtonsoft.Json.JsonException">The value is not a <typeparamref name="T"/>.</exception>
    public static T? ReadWhole<T>(ReadOnlySpan<byte> json)
    {
        var source = new Utf8Source(json);
        source.Reader.Read();
        var value = Utf8Value<T>.Read(ref source);
        if (source.IsGivenUp)
        {
            return TogetherAIJson.DeserializeOrNull<T>(json);
        }

        // Anything after the value is an error of the reader's own.
        source.Reader.Read();
        return value;
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

        Reader.Read();
        if (Reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        var expected = field + 1;
        for (var i = 0; i < names.Length; i++)
        {
            var candidate = expected + i;
            candidate = candidate >= names.Length ? candidate - names.Length : candidate;
            if (TogetherAIJson.IsText(ref Reader, names[candidate]))
            {
                field = candidate;
                Reader.Read();
                return true;
            }
        }

        unknown = Utf8Value<string>.Read(ref this);
        field = -1;
        Reader.Read();
        return true;
    }

    /// <summary>
    /// Whether the value of a required field counts as given. To Newtonsoft.Json an empty text is none where it stands
    /// for something else than a text.
    /// </summary>
    public readonly bool IsPresent<T>() => Reader.TokenType switch
    {
        JsonTokenType.Null => false,
        JsonTokenType.String => typeof(T) == typeof(string) || !Reader.ValueSpan.IsEmpty,
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
        var start = (int)Reader.TokenStartIndex;
        Reader.Skip();
        var value = TogetherAIJson.DeserializeOrNull<T>(_json[start..(int)Reader.BytesConsumed]);
        return value is null ? GiveUp<T>() : value;
    }

    /// <summary>Leaves the whole text to Newtonsoft.Json, because its answer depends on more than the present value.</summary>
    public T? GiveUp<T>()
    {
        IsGivenUp = true;
        return default;
    }
}
#endif
