using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type: the document has no way to say that one of its fields means failure.
public sealed partial class QueueResponse : IReportsFailure, INormalized
{
    JToken? IReportsFailure.Failure => Error;

    void INormalized.Normalize()
    {
        if (RequestId is null && Error is null)
        {
            throw new JsonSerializationException("It has no 'requestId', without which the job cannot be retrieved.");
        }
    }
}
