using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated types: a request that failed has the status of success, and its reasons in a field.
public sealed partial class CodeInterpreterResponse : IReportsFailure, INormalized
{
    JToken? IReportsFailure.Failure => CodeInterpreterErrors.Of(Errors);

    void INormalized.Normalize() => CodeInterpreterErrors.RequireData(Data, Errors);
}

public sealed partial class CodeInterpreterSessionListResponse : IReportsFailure, INormalized
{
    JToken? IReportsFailure.Failure => CodeInterpreterErrors.Of(Errors);

    void INormalized.Normalize() => CodeInterpreterErrors.RequireData(Data, Errors);
}

/// <summary>The reasons why a request to the code interpreter failed.</summary>
internal static class CodeInterpreterErrors
{
    /// <summary>One reason as it is, several as one text; null if there is none.</summary>
    public static JToken? Of(IReadOnlyList<JToken> errors) => errors.Count switch
    {
        0 => null,
        1 => errors[0],
        _ => JValue.CreateString(string.Join("; ", errors.Select(static error => error is JValue { Value: string text } ? text : error?.ToString(Formatting.None)))),
    };

    /// <exception cref="JsonSerializationException">There is neither a result nor a reason for its absence.</exception>
    public static void RequireData(object? data, IReadOnlyList<JToken> errors)
    {
        if (data is null && errors.Count == 0)
        {
            throw new JsonSerializationException("It has neither 'data', in which the result should be, nor 'errors'.");
        }
    }
}
