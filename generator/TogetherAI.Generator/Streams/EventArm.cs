using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Streams;

/// <summary>One kind of events, as a document describes it.</summary>
/// <param name="Payload">The schema of its data; null where it may be anything.</param>
/// <param name="Names">Its names in the event stream; none where the document gives it none.</param>
/// <param name="IsEnvelope">Whether the document describes the fields of the event stream around the data.</param>
/// <param name="IsText">Whether its data is plain text and no JSON.</param>
/// <param name="Terminator">The text that its data always is, which ends the stream; null for any other event.</param>
internal sealed record EventArm(Node? Payload, IReadOnlyList<string> Names, bool IsEnvelope = false, bool IsText = false, string? Terminator = null);
