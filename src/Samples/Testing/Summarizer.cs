using System.Text;

namespace TogetherAI.Samples.Testing;

/// <summary>What is tested: code of an application that calls a model.</summary>
public sealed class Summarizer(ITogetherAIChatClient client)
{
    /// <summary>Summarizes a text; null if the service is busy.</summary>
    public async Task<string?> SummarizeAsync(string text, CancellationToken cancellationToken = default)
    {
        var request = new ChatCompletionRequest("openai/gpt-oss-20b", [ChatCompletionMessage.FromUser($"Summarize in 20 words: {text}")]);
        var summary = new StringBuilder();
        try
        {
            await foreach (var token in client.StreamTokensAsync(request, cancellationToken))
            {
                summary.Append(token);
            }
        }
        catch (TogetherAIRateLimitException)
        {
            return null;
        }

        return summary.ToString();
    }
}
