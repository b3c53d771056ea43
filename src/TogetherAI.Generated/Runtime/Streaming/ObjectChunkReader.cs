using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>Reads chunks as the document's type.</summary>
internal sealed class ObjectChunkReader<[DynamicallyAccessedMembers(ReadableTypes.Members)] TChunk> : ChunkReader<TChunk>
    where TChunk : class
{
    // The field of a chunk that has the data of an event that is no object.
    private const string Data = "data";

    public ObjectChunkReader(StreamFormat format)
        : base(format)
    {
    }

    public override bool TryReadValue(string eventType, ReadOnlySpan<byte> chunk)
    {
        Value = ApiJson.Deserialize<TChunk>(chunk, Tape);
        if (eventType != UnnamedEvent)
        {
            (Value as INamedEvent)?.TakeName(eventType);
        }

        return true;
    }

    protected override StreamEvent? ReadUnknown(string eventType, ReadOnlySpan<byte> data)
    {
        if (Format.IsOpen && new JValue(ApiJson.Decode(data)) is TChunk text)
        {
            Value = text;
            return StreamEvent.Value;
        }

        if (Format.EventName.Length == 0 || !typeof(INamedEvent).IsAssignableFrom(typeof(TChunk)))
        {
            return null;
        }

        // It is kept as it is, under the name of the event stream.
        var kept = new JObject { [ApiJson.Decode(Format.EventName)] = eventType };
        if (!data.IsEmpty)
        {
            kept[Data] = ApiJson.TryParse(data, budget: null) ?? new JValue(ApiJson.Decode(data));
        }

        Value = ApiJson.Convert<TChunk>(kept)!;
        return StreamEvent.Value;
    }
}
