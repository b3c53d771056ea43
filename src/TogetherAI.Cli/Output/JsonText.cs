using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Cli.Output;

/// <summary>Objects of the API as JSON, without the fields that the server did not send.</summary>
internal static class JsonText
{
    /// <summary>What of a type must be kept for <see cref="Read{T}"/>.</summary>
    public const DynamicallyAccessedMemberTypes ReadMembers = DynamicallyAccessedMemberTypes.NonPublicFields;

    private const int MaxDepth = 1000;

    // Writes whatever the client sends and receives: objects of the API, lists and maps of them, free-form JSON and texts.
    private static readonly TogetherAIJsonConverter<object> Writer = new();
    private static readonly JsonSerializerOptions NoOptions = new();

    public static string Line(object value) => Encoding.UTF8.GetString(Write(value).WrittenSpan);

    public static string Indented(object value) => new IndentedJson(Write(value).WrittenSpan, MaxDepth).ToString();

    /// <summary>Reads an object of the API from JSON that has been parsed.</summary>
    /// <exception cref="Newtonsoft.Json.JsonException">The JSON is no such object.</exception>
    public static T? Read<[DynamicallyAccessedMembers(ReadMembers)] T>(JToken json)
        where T : class
    {
        var reader = new Utf8JsonReader(Write(json).WrittenSpan);
        reader.Read();
        try
        {
            return new TogetherAIJsonConverter<T>().Read(ref reader, typeof(T), NoOptions);
        }
        catch (JsonException exception)
        {
            throw new Newtonsoft.Json.JsonSerializationException(exception.Message, exception);
        }
    }

    private static ArrayBufferWriter<byte> Write(object value)
    {
        var utf8 = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(utf8);
        Writer.Write(json, value, NoOptions);
        json.Flush();
        return utf8;
    }
}
