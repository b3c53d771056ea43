using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>A request of the legacy endpoint.</summary>
internal sealed class InferenceParameters : TextParameters
{
    private InferenceParameters(JsonElement body, JsonFields fields)
        : base(fields, fields.Text("prompt"), "stream_tokens")
        => Body = body;

    public JsonElement Body { get; }

    /// <summary>Checks a request against the documented rules.</summary>
    public static InferenceParameters Read(JsonElement body)
    {
        var fields = JsonFields.Read<InferenceRequest>(body);
        fields.RequireNotEmpty("model", "prompt");
        SamplingRules.RequireEverywhere(fields);
        fields.RequireRange("best_of", 1);
        fields.RequireRange("logprobs", 0);
        fields.RequireRange("steps", 1);
        fields.RequireRange("width", 1);
        fields.RequireRange("height", 1);
        RequireText(fields);
        return new InferenceParameters(body, fields);
    }

    // What a mock of a text model would have to invent, it refuses.
    private static void RequireText(JsonFields fields)
    {
        if (fields["request_type"]?.GetString() is { } type && type != InferenceResultType.LanguageModelInference.Value)
        {
            throw ApiErrorException.Invalid($"This local server writes text only; request_type \"{type}\" is not available.", "request_type");
        }

        if (fields.Flag("async"))
        {
            throw ApiErrorException.Invalid("This local server runs no jobs; leave async out.", "async");
        }
    }
}
