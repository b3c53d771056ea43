using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>What the stand-in makes use of in a request that has been checked.</summary>
internal sealed class InferenceParameters
{
    private const int DefaultMaxTokens = 512;

    private InferenceParameters(JsonElement body, JsonFields fields)
    {
        Body = body;
        Model = fields.Text("model");
        Prompt = fields.Text("prompt");
        MaxTokens = fields.Integer("max_tokens", DefaultMaxTokens);
        Results = fields.Integer("n", 1);
        Seed = fields.Long("seed", 0);
        Echo = fields.Flag("echo");
        Stream = fields.Flag("stream_tokens");
        LogProbabilities = fields.Integer("logprobs", 0) > 0;
        Stop = fields.Texts("stop");
    }

    public JsonElement Body { get; }

    public string Model { get; }

    public string Prompt { get; }

    public int MaxTokens { get; }

    public int Results { get; }

    public long Seed { get; }

    public bool Echo { get; }

    public bool Stream { get; }

    public bool LogProbabilities { get; }

    public IReadOnlyList<string> Stop { get; }

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

    // What a stand-in for a text model would have to invent, it refuses.
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
