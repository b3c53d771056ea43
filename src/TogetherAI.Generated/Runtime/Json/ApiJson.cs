using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;

namespace TogetherAI.Runtime.Json;

/// <summary>The one way in which this client reads and writes JSON. Global settings of the program play no part.</summary>
internal static class ApiJson
{
    public const int MaxDepth = 64;

    /// <summary>The byte-order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Writes one JSON value. What is not set is not sent.</summary>
    /// <exception cref="JsonException">The value cannot be JSON.</exception>
    public static SegmentedBuffer Serialize(object value)
    {
        var utf8 = new SegmentedBuffer();
#if NET8_0_OR_GREATER
        Utf8Target.Write(value, utf8);
#else
        NewtonsoftJson.WriteSlowly(value, utf8);
#endif
        return utf8;
    }

    /// <summary>The JSON of a value as free-form JSON.</summary>
    public static JToken ToToken(object value)
#if NET8_0_OR_GREATER
    {
        using var utf8 = Serialize(value);
        return ReadToken(utf8.ToArray(), budget: null) ?? JValue.CreateNull();
    }
#else
        => JToken.FromObject(value, NewtonsoftJson.Writer);
#endif

    /// <summary>The JSON of a value as a text.</summary>
    public static string Text(object value)
#if NET8_0_OR_GREATER
    {
        using var utf8 = Serialize(value);
        return Decode(utf8.ToArray());
    }
#else
        => JToken.FromObject(value, NewtonsoftJson.Writer).ToString(Formatting.None);
#endif

    /// <summary>Reads one JSON value from UTF-8, without a string or an array of its own.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not a <typeparamref name="T"/>; null included.</exception>
    /// <exception cref="JsonTooLargeException">The text has more values than its budget.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static T Deserialize<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> utf8, JsonBudget? budget = null)
        => TryReadFast<T>(utf8, budget, out var value) ? value : ReadSlowly<T>(utf8, budget);

    /// <summary>
    /// As <see cref="Deserialize{T}(ReadOnlySpan{byte}, JsonBudget)"/> for a text without anything unusual. False for any other:
    /// what is wrong with it, if anything, a slower reading says.
    /// </summary>
    public static bool TryReadFast<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> utf8, JsonBudget? budget, [NotNullWhen(true)] out T? value)
    {
#if NET8_0_OR_GREATER
        try
        {
            return Utf8Source.TryRead(utf8, tape: null, budget, out value) && value is not null;
        }
        catch (System.Text.Json.JsonException)
        {
            // Not JSON, or not quite.
        }
#endif
        value = default;
        return false;
    }

    /// <summary>As <see cref="Deserialize{T}(ReadOnlySpan{byte}, JsonBudget)"/>, where <see cref="TryReadFast{T}"/> did not.</summary>
    public static T ReadSlowly<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> utf8, JsonBudget? budget)
    {
        budget?.Restart();
        return DeserializeOrNull<T>(utf8, budget) ?? throw new JsonSerializationException("The text is empty or null.");
    }

    /// <summary>As <see cref="Deserialize{T}(ReadOnlySpan{byte}, JsonBudget)"/>, from the tokens that have been read of the text.</summary>
    public static T Deserialize<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> utf8, JsonTape tape)
#if NET8_0_OR_GREATER
        => (Utf8Source.TryRead<T>(utf8, tape, budget: null, out var value) ? value : DeserializeOrNull<T>(utf8))
            ?? throw new JsonSerializationException("The text is null.");
#else
        => Deserialize<T>(utf8);
#endif

    /// <summary>As <see cref="Deserialize{T}(ReadOnlySpan{byte}, JsonBudget)"/>, but null is a value too, and slowly.</summary>
    public static T? DeserializeOrNull<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> utf8, JsonBudget? budget = null)
#if NET8_0_OR_GREATER
    {
        if (typeof(T) == typeof(JToken))
        {
            return (T?)(object?)ReadToken(utf8, budget);
        }

        try
        {
            return Utf8Source.ReadTolerantly<T>(utf8, budget);
        }
        catch (System.Text.Json.JsonException)
        {
            budget?.Restart();
            return RepairedJson.Read<T>(utf8, budget);
        }
    }
#else
        => NewtonsoftJson.DeserializeOrNull<T>(utf8, budget);
#endif

    /// <summary>
    /// Reads JSON that has been parsed. Fields that are not required and cannot be read are kept as JSON.
    /// </summary>
    /// <exception cref="JsonException">It is not a <typeparamref name="T"/>.</exception>
    public static T? Convert<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(JToken json)
#if NET8_0_OR_GREATER
    {
        using var utf8 = Serialize(json);
        return DeserializeOrNull<T>(utf8.ToArray());
    }
#else
        => NewtonsoftJson.Convert<T>(json);
#endif

    /// <summary>Reads free-form JSON; null where there is none, or it is null.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="JsonTooLargeException">The text has more values than its budget.</exception>
    public static JToken? ReadToken(ReadOnlySpan<byte> utf8, JsonBudget? budget)
    {
        using var text = PooledTextReader.Decode(utf8);
        using var reader = CreateReader(text, budget);
        return ReadToken(reader);
    }

    /// <summary>A reader of JSON that is free-form, or not written as one would expect.</summary>
    public static JsonTextReader CreateReader(TextReader text, JsonBudget? budget)
    {
        var reader = budget is null ? new WireJsonReader(text) : new BoundedJsonReader(text, budget);
        (reader.CloseInput, reader.ArrayPool) = (false, JsonArrayPool.Shared);
        (reader.DateParseHandling, reader.MaxDepth, reader.Culture) = (DateParseHandling.None, MaxDepth, CultureInfo.InvariantCulture);
        return reader;
    }

    /// <summary>Text from UTF-8; bytes that are none become the replacement character.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8)
#if NET8_0_OR_GREATER
        => Encoding.UTF8.GetString(utf8);
#else
        => Encoding.UTF8.GetString(utf8.ToArray());
#endif

    /// <summary>
    /// UTF-8 without the byte-order mark that it may begin with. RFC 8259, 8.1: JSON that is sent must have none, and who
    /// reads it may ignore one.
    /// </summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8)
        => utf8.StartsWith(ByteOrderMark) ? utf8.Slice(ByteOrderMark.Length) : utf8;

    /// <summary>Reads any JSON value; null where the text is not JSON.</summary>
    public static JToken? TryParse(string json)
    {
        try
        {
            using var reader = CreateReader(new StringReader(json), budget: null);
            return ReadToken(reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same, from UTF-8 and within a budget.</summary>
    /// <exception cref="JsonTooLargeException">The text has more values than its budget.</exception>
    public static JToken? TryParse(ReadOnlySpan<byte> utf8, JsonBudget? budget)
    {
        try
        {
            return ReadToken(utf8, budget);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads any JSON value, also one that breaks off, or has very many values: then it has what came before. Null where the
    /// text is not JSON.
    /// </summary>
    public static JToken? ParseBeginning(string json)
    {
        using var reader = new BoundedJsonReader(new StringReader(WithLastTextClosed(json)), JsonBudget.Of(maxBytes: 0, CancellationToken.None))
        {
            DateParseHandling = DateParseHandling.None,
            MaxDepth = MaxDepth,
            Culture = CultureInfo.InvariantCulture,
        };
        using var writer = new JTokenWriter();
        try
        {
            writer.WriteToken(reader);
        }
        catch (Exception exception) when (exception is JsonException or JsonTooLargeException)
        {
            // What has been written by then is the beginning.
        }

        return writer.Token;
    }

    // A text that breaks off says something as far as it goes.
    private static string WithLastTextClosed(string json)
    {
        var isInText = false;
        var escape = -1;
        for (var i = 0; i < json.Length; i++)
        {
            if (escape >= 0)
            {
                var length = json[escape + 1] == 'u' ? 6 : 2;
                escape = i - escape + 1 == length ? -1 : escape;
            }
            else if (json[i] == '"')
            {
                isInText = !isInText;
            }
            else if (isInText && json[i] == '\\')
            {
                escape = i;
            }
        }

        return !isInText ? json : (escape < 0 ? json : json.Substring(0, escape)) + '"';
    }

    private static JToken? ReadToken(JsonTextReader reader)
    {
        if (!TryMoveToContent(reader))
        {
            return null;
        }

        var json = reader.TokenType == JsonToken.Null ? null : JToken.ReadFrom(reader);
        return TryMoveToContent(reader) ? throw new JsonSerializationException($"Additional text follows the JSON value. Path '{reader.Path}'.") : json;
    }

    private static bool TryMoveToContent(JsonTextReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
            {
                return true;
            }
        }

        return false;
    }
}
