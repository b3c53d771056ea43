using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>What the mock server makes use of in every request for text, whose fields have been checked.</summary>
internal abstract class TextParameters
{
    private const int DefaultMaxTokens = 512;

    protected TextParameters(JsonFields fields, string prompt, string streamField)
    {
        Model = fields.Text("model");
        Prompt = prompt;
        Source = new MockModel(prompt);
        MaxTokens = fields.Integer("max_tokens", DefaultMaxTokens);
        Results = fields.Integer("n", 1);
        Seed = fields.Long("seed", 0);
        Echo = fields.Flag("echo");
        Stream = fields.Flag(streamField);
        LogProbabilities = fields.Integer("logprobs", 0) > 0;
        Stop = [.. fields.Texts("stop").Select(text => new StopSequence(text))];
    }

    public string Model { get; }

    public string Prompt { get; }

    /// <summary>What responds to the prompt.</summary>
    public MockModel Source { get; }

    public int MaxTokens { get; }

    public int Results { get; }

    public long Seed { get; }

    public bool Echo { get; }

    public bool Stream { get; }

    public bool LogProbabilities { get; }

    public IReadOnlyList<StopSequence> Stop { get; }
}
