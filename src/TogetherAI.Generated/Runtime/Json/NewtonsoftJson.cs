using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads and writes JSON by the serializer of Newtonsoft.Json: for netstandard2.0, for types of the program's own, and for tests,
/// which compare it with the generated way.
/// </summary>
[RequiresUnreferencedCode(Reason)]
[RequiresDynamicCode(Reason)]
internal static class NewtonsoftJson
{
    /// <summary>Why the converters of public types may use the serializer: only it calls them.</summary>
    public const string CallerIsWarned = "Only the serializer of Newtonsoft.Json calls it, and who calls that has been warned.";

    /// <summary>Why a trimmed program cannot use it.</summary>
    public const string Reason = "The serializer of Newtonsoft.Json finds the members of types at run time.";

    // Without the marks of a file: a byte-order mark in a request body is not JSON.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes: what is not set is not sent.</summary>
    public static JsonSerializer Writer { get; } = Create(NullValueHandling.Ignore, new BytesConverter(), new VectorConverter(), new DecimalConverter(), new OpenWordListConverter());

    /// <summary>Reads: an explicit null is a value like any other, so that it is not kept as an unknown field.</summary>
    public static JsonSerializer Reader { get; } = Create(NullValueHandling.Include, new LenientIntegerConverter(), new TimeConverter(), new FreeFormConverter());

    /// <summary>The same, but fields that cannot be read are kept where that is no loss.</summary>
    private static JsonSerializer LenientReader { get; } = Create(
        NullValueHandling.Include, new LenientObjectConverter(), new LenientTextConverter(), new LenientIntegerConverter(), new TimeConverter(), new FreeFormConverter());

    /// <summary>Writes one JSON value. What is not set is not sent.</summary>
    public static void WriteSlowly(object value, Stream utf8)
    {
        using var text = new StreamWriter(utf8, Utf8, 1024, leaveOpen: true);
        using var writer = new JsonTextWriter(text);
        Writer.Serialize(writer, value);
    }

    /// <summary>Reads one JSON value from UTF-8; null is a value too.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not a <typeparamref name="T"/>.</exception>
    public static T? DeserializeOrNull<T>(ReadOnlySpan<byte> utf8, JsonBudget? budget = null)
    {
        try
        {
            return DeserializeStrictly<T>(utf8, budget);
        }
        catch (JsonException) when (typeof(T) != typeof(JToken))
        {
            budget?.Restart();
            if (ApiJson.TryParse(utf8, budget) is { HasValues: true } json)
            {
                return ConvertLeniently<T>(json);
            }

            throw;
        }
    }

    /// <summary>See <see cref="ApiJson.Convert{T}"/>.</summary>
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

    private static T? DeserializeStrictly<T>(ReadOnlySpan<byte> utf8, JsonBudget? budget)
    {
        using var text = PooledTextReader.Decode(utf8);
        using var reader = ApiJson.CreateReader(text, budget);
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
            MaxDepth = ApiJson.MaxDepth,
            Culture = CultureInfo.InvariantCulture,
            CheckAdditionalContent = true,
            // Of a name that comes twice, the last one counts.
            ObjectCreationHandling = ObjectCreationHandling.Replace,
        });
}
