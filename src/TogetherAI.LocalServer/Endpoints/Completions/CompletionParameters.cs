using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary>What the stand-in makes use of in a request that has been checked.</summary>
internal sealed class CompletionParameters
{
    private const int DefaultMaxTokens = 512;

    private CompletionParameters(JsonFields fields)
    {
        Model = fields.Text("model");
        Prompt = fields.Text("prompt");
        MaxTokens = fields.Integer("max_tokens", DefaultMaxTokens);
        Results = fields.Integer("n", 1);
        Seed = fields.Long("seed", 0);
        Echo = fields.Flag("echo");
        Stream = fields.Flag("stream");
        LogProbabilities = fields.Integer("logprobs", 0) > 0;
        Stop = fields.Texts("stop");
    }

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
    public static CompletionParameters Read(JsonElement body)
    {
        var fields = JsonFields.Read<CompletionRequest>(body);
        fields.RequireNotEmpty("model", "prompt");
        SamplingRules.Require(fields);
        return new CompletionParameters(fields);
    }
}
