using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type: the document has no way to say that some of its fields mean failure.
public sealed partial class InferenceResponse : IReportsFailure
{
    JToken? IReportsFailure.Failure
    {
        get
        {
            if (ServerError.IsFailure(Error))
            {
                return Error;
            }

            if (ServerError.IsFailure(Output.Error))
            {
                return Output.Error;
            }

            return Output.ResultType == InferenceResultType.Error
                ? Output.Value ?? JValue.CreateString("The model failed and gave no reason.")
                : null;
        }
    }
}
