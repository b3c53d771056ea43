using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Errors;

namespace TogetherAI;

// Completes the generated type with what most programs want of it; and the document has no way to say that some of its
// fields mean failure.
public sealed partial class InferenceResponse : IReportsFailure, INormalized
{
    /// <summary>
    /// Gets the text of the choice with the lowest index, from the output or from the top level of the response; null if
    /// there is none.
    /// </summary>
    [JsonIgnore]
    public string? Text
        => (ChoiceList.Lowest(Output?.Choices, static choice => choice.Index) ?? ChoiceList.Lowest(Choices, static choice => choice.Index))?.Text;

    void INormalized.Normalize()
    {
        ChoiceForm.NormalizeAll(Output?.Choices ?? [], "output.choices", static (choice, path) => choice.Normalize(path));
        ChoiceForm.NormalizeAll(Choices, "choices", static (choice, path) => choice.Normalize(path));
    }

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
