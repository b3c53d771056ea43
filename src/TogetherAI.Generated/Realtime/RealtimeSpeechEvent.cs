using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type: the document has no way to say that some types mean failure.
public sealed partial class RealtimeSpeechEvent : IReportsFailure
{
    JToken? IReportsFailure.Failure
        => Type == RealtimeSpeechEventType.Error || Type == RealtimeSpeechEventType.SpeechFailed ? Error ?? JValue.CreateString("The server gave no reason.") : null;
}
