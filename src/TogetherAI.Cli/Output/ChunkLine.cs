using System.Globalization;

namespace TogetherAI.Cli.Output;

/// <summary>A chunk of a stream as readable lines.</summary>
internal static class ChunkLine
{
    private const int TextWidth = 16;

    public static IEnumerable<string> Lines(InferenceChunk chunk, bool special)
    {
        if (special || chunk.Token?.Special != true)
        {
            foreach (var choice in chunk.Choices)
            {
                yield return Line(choice, chunk.Token);
            }
        }

        if (chunk.Usage is { } usage)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"usage: {usage.PromptTokens} prompt + {usage.CompletionTokens} completion = {usage.TotalTokens} tokens");
        }
    }

    private static string Line(InferenceChunkChoice choice, InferenceToken? token)
    {
        var facts = new List<string> { JsonText.Line(choice.Text ?? "").PadRight(TextWidth) };
        Add(facts, "choice", choice.Index);
        Add(facts, "token", token?.Id);
        Add(facts, "logprob", token?.LogProbability);
        Add(facts, "finish", choice.FinishReason?.Value);
        if (token?.Special == true)
        {
            facts.Add("special");
        }

        return string.Join("  ", facts).TrimEnd();
    }

    private static void Add(List<string> facts, string name, IFormattable? value)
        => Add(facts, name, value?.ToString(null, CultureInfo.InvariantCulture));

    private static void Add(List<string> facts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            facts.Add($"{name} {value}");
        }
    }
}
