using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Streams;

/// <summary>What a document says of the events of a stream.</summary>
/// <param name="Chunk">The schema of one event's data; null where it may be anything, or differs by the event's name.</param>
/// <param name="IsText">Whether the data of an event is plain text and no JSON.</param>
/// <param name="Terminator">The text that ends the stream; null where the document names none.</param>
/// <param name="Named">The events of each name, where only their names tell them apart; otherwise none.</param>
internal sealed record EventSchema(Node? Chunk, bool IsText, string? Terminator, IReadOnlyList<EventArm> Named);
