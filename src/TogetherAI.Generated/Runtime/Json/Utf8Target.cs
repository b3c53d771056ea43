#if NET8_0_OR_GREATER
using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Unicode;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// JSON in UTF-8 that generated types write themselves to, as Newtonsoft.Json would write them. Its writer formats the values that
/// are rare, such as times.
/// </summary>
internal sealed class Utf8Target
{
    private const int LongestCharacter = 4;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(JsonEscape.Special);

    private readonly SegmentedBuffer _bytes;
    private bool _isAfterField;

    // Takes the fields of the outermost object instead of writing them; null otherwise.
    private List<KeyValuePair<string, object?>>? _fields;

    private Utf8Target(SegmentedBuffer bytes) => _bytes = bytes;

    /// <summary>Writes one value.</summary>
    /// <exception cref="JsonException">The value cannot be JSON.</exception>
    public static void Write(object? value, SegmentedBuffer bytes) => new Utf8Target(bytes).Value(value);

    /// <summary>The fields that an object would write, with their values.</summary>
    public static List<KeyValuePair<string, object?>> FieldsOf(IUtf8Writable value)
    {
        var target = new Utf8Target(new SegmentedBuffer()) { _fields = [] };
        value.WriteUtf8(target);
        return target._fields;
    }

    public void StartObject()
    {
        Raw("{"u8);
        _isAfterField = false;
    }

    public void EndObject() => Raw("}"u8);

    /// <summary>Writes a field of an object; one that is not set, or an empty word, is not sent.</summary>
    public void Field(string name, object? value)
    {
        if (value is not null && !OpenWords.IsEmpty(value))
        {
            FieldOrNull(name, value);
        }
    }

    /// <summary>The same for a map, whatever its type is.</summary>
    public void Field<T>(string name, IDictionary<string, T>? map) => Field(name, map is null or IDictionary ? map : (object)new Dictionary<string, T>(map));

    /// <inheritdoc cref="Field{T}(string, IDictionary{string, T})"/>
    public void Field<T>(string name, IReadOnlyDictionary<string, T>? map) => Field(name, map is null or IDictionary ? map : (object)new Dictionary<string, T>(map));

    /// <summary>Writes the fields that the document does not know.</summary>
    public void Extra(IDictionary<string, JToken>? fields)
    {
        if (fields is not null)
        {
            foreach (var field in fields)
            {
                FieldOrNull(field.Key, field.Value);
            }
        }
    }

    private void FieldOrNull(string name, object? value)
    {
        if (_fields is not null)
        {
            _fields.Add(new(name, value));
            return;
        }

        Raw(_isAfterField ? ","u8 : default);
        Text(name);
        Raw(":"u8);
        Value(value);
        _isAfterField = true;
    }

    /// <summary>Writes a value where one belongs.</summary>
    public void Value(object? value)
    {
        switch (value)
        {
            case null:
                Raw("null"u8);
                break;
            case string text:
                Text(text);
                break;
            case IUtf8Writable generated:
                generated.WriteUtf8(this);
                break;
            case IUnion union:
                Value(union.Value);
                break;
            case IOpenWord word:
                Text(word.Value);
                break;
            case bool truth:
                Raw(truth ? "true"u8 : "false"u8);
                break;
            case int or long:
                Number((ISpanFormattable)value, isFraction: false);
                break;
            case double number when double.IsFinite(number):
                Number(number, isFraction: true);
                break;
            case float number when float.IsFinite(number):
                Number(number, isFraction: true);
                break;
            case decimal number:
                Number(number, isFraction: !DecimalConverter.IsWhole(number));
                break;
            case WireSeconds seconds:
                Value(seconds.OnWire);
                break;
            case ReadOnlyMemory<byte> bytes:
                Text(BytesConverter.Encode(bytes));
                break;
            case ReadOnlyMemory<float> numbers:
                Array(numbers.ToArray());
                break;
            case JToken json:
                Free(json);
                break;
            case byte[]:
                Rare(value);
                break;
            case IDictionary map:
                Map(map);
                break;
            case System.Array { Rank: > 1 }:
                OwnTypes.Write(value, _bytes);
                break;
            case IEnumerable<IOpenWord> words:
                Array(OpenWords.WithoutEmpty(words));
                break;
            case IEnumerable items:
                Array(items);
                break;
            case IConvertible or DateTimeOffset or TimeSpan or Guid or Uri or BigInteger:
                Rare(value);
                break;
            default:
                OwnTypes.Write(value, _bytes);
                break;
        }
    }

    private void Array(IEnumerable items)
    {
        Raw("["u8);
        var isFirst = true;
        foreach (var item in items)
        {
            Raw(isFirst ? default : ","u8);
            Value(item);
            isFirst = false;
        }

        Raw("]"u8);
    }

    private void Map(IDictionary map)
    {
        StartObject();
        foreach (DictionaryEntry entry in map)
        {
            FieldOrNull((string)entry.Key, entry.Value);
        }

        EndObject();
    }

    private void Free(JToken json)
    {
        switch (json)
        {
            case JObject fields:
                StartObject();
                foreach (var field in fields.Properties())
                {
                    FieldOrNull(field.Name, field.Value);
                }

                EndObject();
                break;
            case JArray items:
                Array((IEnumerable)items);
                break;
            case JValue { Type: not (JTokenType.Comment or JTokenType.Raw or JTokenType.Undefined) } value:
                Value(value.Value);
                break;
            default:
                Rare(json);
                break;
        }
    }

    // Enums are such too, but no type of the document has one.
    private void Rare(object value)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var writer = new JsonTextWriter(text);
        if (value is JToken json)
        {
            using var reader = new JTokenReader(json);
            writer.WriteToken(reader);
        }
        else
        {
            writer.WriteValue(value);
        }

        writer.Flush();
        Characters(text.ToString());
    }

    private void Number(ISpanFormattable number, bool isFraction)
    {
        // Enough for the longest decimal.
        Span<char> digits = stackalloc char[32];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        Characters(digits[..length]);

        // A server may take a number for an integer unless it shows that it is none.
        Raw(isFraction && digits[..length].IndexOfAny('.', 'E') < 0 ? ".0"u8 : default);
    }

    private void Text(string text)
    {
        Raw("\""u8);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            rest = rest[Blocks(rest)..];
            var next = rest.IndexOfAny(Escaped);
            Characters(next < 0 ? rest : rest[..next]);
            if (next < 0)
            {
                break;
            }

            _bytes.Advance(JsonEscape.Write(rest[next], _bytes.Free(JsonEscape.HexLength)));
            rest = rest[(next + 1)..];
        }

        Raw("\""u8);
    }

    // As far as the text is ASCII and long enough to be worth it.
    private int Blocks(ReadOnlySpan<char> text)
    {
        var read = 0;
        int done;
        do
        {
            done = JsonEscape.WriteBlocks(text[read..], _bytes.Free(JsonEscape.BlockRoom), out var written);
            _bytes.Advance(written);
            read += done;
        }
        while (done > 0);

        return read;
    }

    private void Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_bytes.Free(utf8.Length));
        _bytes.Advance(utf8.Length);
    }

    // Half of a surrogate pair becomes the replacement character, as with every encoder of .NET.
    private void Characters(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, _bytes.Free(LongestCharacter), out var read, out var written);
            _bytes.Advance(written);
            text = text[read..];
        }
    }
}
#endif
