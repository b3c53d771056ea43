#if NET8_0_OR_GREATER
using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Unicode;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// JSON in UTF-8 that generated types write themselves to. What is out of the ordinary (free-form JSON, types with a
/// converter of their own) is written by Newtonsoft.Json, so that both ways always agree.
/// </summary>
internal sealed class Utf8Target
{
    private const int LongestCharacter = 4;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(JsonEscape.Special);

    private readonly SegmentedBuffer _bytes;
    private bool _isAfterField;

    private Utf8Target(SegmentedBuffer bytes) => _bytes = bytes;

    /// <summary>Writes one value.</summary>
    /// <exception cref="JsonException">The value cannot be JSON.</exception>
    public static void Write(object? value, SegmentedBuffer bytes) => new Utf8Target(bytes).Value(value);

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
            case IEnumerable<IOpenWord> words:
                Array(OpenWords.WithoutEmpty(words));
                break;
            case IList items when IsPlain(items):
                Array(items);
                break;
            default:
                ApiJson.WriteSlowly(value, _bytes);
                break;
        }
    }

    // To Newtonsoft.Json other lists may be something else than an array of their items, as bytes are a text.
    private static bool IsPlain(IList items) => items.GetType() is var type
        && (type.IsSZArray ? items is not byte[] : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>));

    private void Array(IList items)
    {
        Raw("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            Raw(i > 0 ? ","u8 : default);
            Value(items[i]);
        }

        Raw("]"u8);
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
        var rest = text.AsSpan();
        for (int next; (next = rest.IndexOfAny(Escaped)) >= 0; rest = rest[(next + 1)..])
        {
            Characters(rest[..next]);
            Escape(rest[next]);
        }

        Characters(rest);
        Raw("\""u8);
    }

    private void Escape(char character)
    {
        switch (character)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\b': Raw("\\b"u8); break;
            case '\f': Raw("\\f"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            default: Characters($"\\u{(int)character:x4}"); break;
        }
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
