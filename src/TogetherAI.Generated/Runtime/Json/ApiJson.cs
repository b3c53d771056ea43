using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;

namespace TogetherAI.Runtime.Json;

/// <summary>The one way in which this client reads and writes JSON. Global settings of the program play no part.</summary>
internal static class ApiJson
{
    public const int MaxDepth = 64;

    // Without the marks of a file: a byte-order mark in a request body is not JSON.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes: what is not set is not sent.</summary>
    public static JsonSerializer Writer { get; } = Create(NullValueHandling.Ignore, new BytesConverter(), new VectorConverter(), new DecimalConverter(), new OpenWordListConverter());

    /// <summary>Reads: an explicit null is a value like any other, so that it is not kept as an unknown field.</summary>
    public static JsonSerializer Reader { get; } = Create(NullValueHandling.Include, new LenientIntegerConverter(), new TimeConverter(), new FreeFormConverter());

    /// <summary>The same, but fields that cannot be read are kept where that is no loss.</summary>
    private static JsonSerializer LenientReader { get; } = Create(
        NullValueHandling.Include, new LenientObjectConverter(), new LenientTextConverter(), new LenientIntegerConverter(), new TimeConverter(), new FreeFormConverter());

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
        WriteSlowly(value, utf8);
#endif
        return utf8;
    }

    /// <summary>The same, always by Newtonsoft.Json.</summary>
    public static void WriteSlowly(object value, Stream utf8)
    {
        using var text = new StreamWriter(utf8, Utf8, 1024, leaveOpen: true);
        using var writer = new JsonTextWriter(text);
        Writer.Serialize(writer, value);
    }

    /// <summary>Reads one JSON value.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not a <typeparamref name="T"/>; null included.</exception>
    public static T Deserialize<T>(TextReader text)
    {
        using var reader = new JsonTextReader(text) { CloseInput = false };
        return Reader.Deserialize<T>(reader) ?? throw new JsonSerializationException("The text is empty or null.");
    }

    /// <summary>Reads one JSON value from UTF-8, without a string or an array of its own.</summary>
    /// <exception cref="JsonException">See <see cref="Deserialize{T}(TextReader)"/>.</exception>
    /// <exception cref="JsonTooLargeException">The text has more values than its budget.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> utf8, JsonBudget? budget = null)
        => TryReadFast<T>(utf8, budget, out var value) ? value : ReadSlowly<T>(utf8, budget);

    /// <summary>
    /// As <see cref="Deserialize{T}(ReadOnlySpan{byte}, JsonBudget)"/> for a text without anything unusual. False for any other:
    /// what is wrong with it, if anything, is for Newtonsoft.Json to say, as on every other target.
    /// </summary>
    public static bool TryReadFast<T>(ReadOnlySpan<byte> utf8, JsonBudget? budget, [NotNullWhen(true)] out T? value)
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

    /// <summary>As <see cref="Deserialize{T}(ReadOnlySpan{byte}, JsonBudget)"/>, always by Newtonsoft.Json.</summary>
    public static T ReadSlowly<T>(ReadOnlySpan<byte> utf8, JsonBudget? budget)
    {
        budget?.Restart();
        return DeserializeOrNull<T>(utf8, budget) ?? throw new JsonSerializationException("The text is empty or null.");
    }

    /// <summary>As <see cref="Deserialize{T}(ReadOnlySpan{byte}, JsonBudget)"/>, from the tokens that have been read of the text.</summary>
    public static T Deserialize<T>(ReadOnlySpan<byte> utf8, JsonTape tape)
#if NET8_0_OR_GREATER
        => (Utf8Source.TryRead<T>(utf8, tape, budget: null, out var value) ? value : DeserializeOrNull<T>(utf8))
            ?? throw new JsonSerializationException("The text is null.");
#else
        => Deserialize<T>(utf8);
#endif

    /// <summary>As <see cref="Deserialize{T}(ReadOnlySpan{byte}, JsonBudget)"/>, but null is a value too, and always by Newtonsoft.Json.</summary>
    public static T? DeserializeOrNull<T>(ReadOnlySpan<byte> utf8, JsonBudget? budget = null)
    {
        try
        {
            return DeserializeStrictly<T>(utf8, budget);
        }
        catch (JsonException) when (typeof(T) != typeof(JToken))
        {
            budget?.Restart();
            if (TryParse(utf8, budget) is { HasValues: true } json)
            {
                return ConvertLeniently<T>(json);
            }

            throw;
        }
    }

    /// <summary>
    /// Reads JSON that has been parsed. Fields that are not required and cannot be read are kept as JSON; see
    /// <see cref="LenientObjectConverter"/>.
    /// </summary>
    /// <exception cref="JsonException">It is not a <typeparamref name="T"/>.</exception>
    public static T? Convert<T>(JToken json)
    {
        try
        {
            return json.ToObject<T>(Reader);
        }
        catch (JsonException) when (json.HasValues)
        {
            return ConvertLeniently<T>(json);
        }
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
            return Deserialize<JToken>(new StringReader(json));
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
            return DeserializeOrNull<JToken>(utf8, budget);
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

    private static T? DeserializeStrictly<T>(ReadOnlySpan<byte> utf8, JsonBudget? budget)
    {
        using var text = PooledTextReader.Decode(utf8);
        using var reader = budget is null ? new JsonTextReader(text) : new BoundedJsonReader(text, budget);
        (reader.CloseInput, reader.ArrayPool) = (false, JsonArrayPool.Shared);
        try
        {
            return Reader.Deserialize(reader, typeof(T)) is { } value ? (T)value : Null<T>();
        }
        catch (JsonException exception) when (exception.GetBaseException() is JsonTooLargeException or OperationCanceledException)
        {
            // Newtonsoft.Json wraps whatever fails while it reads a field that the document does not know.
            ExceptionDispatchInfo.Capture(exception.GetBaseException()).Throw();
            throw;
        }
    }

    private static T? ConvertLeniently<T>(JToken json)
    {
        using var reader = new JTokenReader(json);
        return LenientReader.Deserialize(reader, typeof(T)) is { } value ? (T)value : Null<T>();
    }

    // To Newtonsoft.Json an empty text is null, whatever the type; a number or a truth value cannot be.
    private static T? Null<T>() => default(T) is null ? default : throw new JsonSerializationException("The text is empty or null.");

    private static JsonSerializer Create(NullValueHandling nulls, params JsonConverter[] converters)
        => JsonSerializer.Create(new JsonSerializerSettings
        {
            ContractResolver = WireContractResolver.Instance,
            Converters = converters,
            NullValueHandling = nulls,
            DateParseHandling = DateParseHandling.None,
            TypeNameHandling = TypeNameHandling.None,
            // "$ref", "$id" and "$type" are ordinary names: JSON schemas are full of them.
            MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
            MaxDepth = MaxDepth,
            Culture = CultureInfo.InvariantCulture,
            CheckAdditionalContent = true,
            // Of a name that comes twice, the last one counts.
            ObjectCreationHandling = ObjectCreationHandling.Replace,
        });
}
