using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace TogetherAI.LocalServer.Http;

/// <summary>Objects of the API as JSON, without the fields that are not set.</summary>
internal static class ObjectJson
{
    // Writes whatever a client sends and receives: objects of the API, lists and maps of them, free-form JSON and texts.
    private static readonly TogetherAIJsonConverter<object> Writer = new();
    private static readonly JsonSerializerOptions NoOptions = new();

    public static ReadOnlyMemory<byte> Bytes(object value)
    {
        var utf8 = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(utf8);
        Writer.Write(json, value, NoOptions);
        json.Flush();
        return utf8.WrittenMemory;
    }

    public static string Text(object value) => Encoding.UTF8.GetString(Bytes(value).Span);

    /// <exception cref="JsonException">The JSON is no such object.</exception>
    public static T Read<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.NonPublicFields)] T>(ReadOnlySpan<byte> utf8)
        where T : class
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        return new TogetherAIJsonConverter<T>().Read(ref reader, typeof(T), NoOptions) ?? throw new JsonException("The JSON is null.");
    }
}
