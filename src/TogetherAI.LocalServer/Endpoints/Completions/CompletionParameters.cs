using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary>A request for a completion.</summary>
internal sealed class CompletionParameters : TextParameters
{
    private CompletionParameters(JsonFields fields)
        : base(fields, fields.Text("prompt"), "stream")
    {
    }

    /// <summary>Checks a request against the documented rules.</summary>
    public static CompletionParameters Read(JsonElement body)
    {
        var fields = JsonFields.Read<CompletionRequest>(body);
        fields.RequireNotEmpty("model", "prompt");
        SamplingRules.Require(fields);
        return new CompletionParameters(fields);
    }
}
