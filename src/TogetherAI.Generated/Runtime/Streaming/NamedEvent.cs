using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>An event whose name says what it is, before it is read as that.</summary>
internal readonly ref struct NamedEvent
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly JsonTape? _tape;

    /// <param name="name">The name.</param>
    /// <param name="data">The data.</param>
    /// <param name="tape">The tokens of the data; null where it is not JSON.</param>
    public NamedEvent(string name, ReadOnlySpan<byte> data, JsonTape? tape)
    {
        Name = name;
        _data = data;
        _tape = tape;
    }

    public string Name { get; }

    /// <summary>The data as JSON; as a text where it is not JSON.</summary>
    public JToken Json => _tape is null ? new JValue(ApiJson.Decode(_data)) : ApiJson.DeserializeOrNull<JToken>(_data) ?? JValue.CreateNull();

    /// <summary>Reads the data as a type of the document; false where it is something else.</summary>
    public bool TryRead<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(out T value)
    {
        try
        {
            if (_tape is not null)
            {
                value = ApiJson.Deserialize<T>(_data, _tape);
                return true;
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            // Kept as it is.
        }

        var isText = _tape is null && typeof(T) == typeof(string);
        value = isText ? (T)(object)ApiJson.Decode(_data) : default!;
        return isText;
    }
}
