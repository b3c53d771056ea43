using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>What the stand-in makes use of in a request that has been checked.</summary>
internal sealed class InferenceParameters
{
    private const int DefaultMaxTokens = 512;
    private const int MostResults = 128;

    private static readonly FieldTypes Types = FieldTypes.Of<InferenceRequest>();

    private InferenceParameters(JsonElement body)
    {
        Body = body;
        Model = Text("model");
        Prompt = Text("prompt");
        MaxTokens = Integer("max_tokens", DefaultMaxTokens);
        Results = Integer("n", 1);
        Seed = Field("seed")?.GetInt64() ?? 0;
        Echo = Flag("echo");
        Stream = Flag("stream_tokens");
        LogProbabilities = Integer("logprobs", 0) > 0;
        Stop = Field("stop")?.EnumerateArray().Select(item => item.GetString()!).ToArray() ?? [];
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
        Types.Require(body);
        var parameters = new InferenceParameters(body);
        parameters.RequireTexts();
        parameters.RequireRange("max_tokens", 1);
        parameters.RequireRange("n", 1, MostResults);
        parameters.RequireRange("best_of", 1);
        parameters.RequireRange("temperature", 0);
        parameters.RequireRange("top_p", 0, 1);
        parameters.RequireRange("logprobs", 0);
        parameters.RequireRange("steps", 1);
        parameters.RequireRange("width", 1);
        parameters.RequireRange("height", 1);
        parameters.RequireText();
        return parameters;
    }

    private void RequireTexts()
    {
        foreach (var (name, value) in new[] { ("model", Model), ("prompt", Prompt) }.Concat(Stop.Select((text, index) => ("stop", text))))
        {
            if (value.Length == 0)
            {
                throw ApiErrorException.Invalid($"{name} must not be empty.", name);
            }
        }
    }

    private void RequireRange(string name, double least, double most = double.PositiveInfinity)
    {
        if (Field(name)?.GetDouble() is not { } value || (value >= least && value <= most))
        {
            return;
        }

        throw ApiErrorException.Invalid(
            double.IsInfinity(most) ? $"{name} must be at least {least}." : $"{name} must be between {least} and {most}.",
            name);
    }

    // What a stand-in for a text model would have to invent, it refuses.
    private void RequireText()
    {
        if (Field("request_type")?.GetString() is { } type && type != InferenceResultType.LanguageModelInference.Value)
        {
            throw ApiErrorException.Invalid($"This local server writes text only; request_type \"{type}\" is not available.", "request_type");
        }

        if (Flag("async"))
        {
            throw ApiErrorException.Invalid("This local server runs no jobs; leave async out.", "async");
        }
    }

    private JsonElement? Field(string name)
        => Body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Text(string name) => Field(name)?.GetString() ?? "";

    private int Integer(string name, int otherwise) => Field(name)?.GetInt32() ?? otherwise;

    private bool Flag(string name) => Field(name)?.GetBoolean() ?? false;
}
