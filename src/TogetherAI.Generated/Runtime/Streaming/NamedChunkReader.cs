using System.Text.Json;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>Makes the document's union of an event.</summary>
internal delegate TUnion NamedEventReading<out TUnion>(NamedEvent data);

/// <summary>Reads chunks whose types differ by the names of their events.</summary>
internal sealed class NamedChunkReader<TUnion> : ChunkReader<TUnion>
    where TUnion : class
{
    private readonly NamedEventReading<TUnion> _read;

    public NamedChunkReader(StreamFormat format, NamedEventReading<TUnion> read)
        : base(format)
    {
        _read = read;
    }

    public override bool TryReadValue(string eventType, ReadOnlySpan<byte> chunk)
    {
        Value = _read(new NamedEvent(NameOf(eventType, chunk), chunk, Tape));
        return true;
    }

    protected override StreamEvent? ReadUnknown(string eventType, ReadOnlySpan<byte> data)
    {
        Value = _read(new NamedEvent(eventType, data, tape: null));
        return StreamEvent.Value;
    }

    private string NameOf(string eventType, ReadOnlySpan<byte> chunk)
        => Format.EventName.Length > 0 && Tape[0].Type == JsonTokenType.StartObject
            && Tape.Find(0, chunk, Format.EventName) is { } name && Tape[name].Type == JsonTokenType.String
                ? JsonText.Decode(Tape.Bytes(name, chunk), Tape.IsEscaped(name))
                : eventType;
}
