using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type: the document has no way to say that some types mean failure. One that affects a single turn is a
// message like others, after which the connection goes on.
public sealed partial class RealtimeTranscriptionEvent : IReportsFailure
{
    JToken? IReportsFailure.Failure
        => Type == RealtimeTranscriptionEventType.Error || (Type == RealtimeTranscriptionEventType.TranscriptionFailed && EventType is null)
            ? Error ?? JValue.CreateString("The server gave no reason.")
            : null;
}
