using System.Text;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary>Sends a result token by token, the choices of several results in turn.</summary>
internal sealed class CompletionStream(CompletionResult result)
{
    private readonly string _head = WireJson.Invariant(
        $"data: {{\"id\":{WireJson.Quoted(result.Id)},\"object\":\"completion.chunk\",\"created\":{result.Created},\"model\":{WireJson.Quoted(result.Request.Model)},\"choices\":[");

    public async Task SendAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        var choices = result.Choices.Select(choice => choice.Tokens().GetEnumerator()).ToArray();
        var completionTokens = 0;
        var left = choices.Length;
        while (left > 0)
        {
            await beat.WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var choice = 0; choice < choices.Length; choice++)
            {
                if (choices[choice].MoveNext())
                {
                    completionTokens++;
                    left -= choices[choice].Current.FinishReason is null ? 0 : 1;
                    events.Write(Encoding.UTF8.GetBytes(Chunk(choice, choices[choice].Current)));
                }
            }

            if (!await events.SendAsync(cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        var usage = WireJson.Usage(result.PromptTokens, completionTokens);
        events.Write(Encoding.UTF8.GetBytes($"{_head}],\"usage\":{usage}}}\n\n"));
        await events.DoneAsync(cancellationToken).ConfigureAwait(false);
    }

    private string Chunk(int choice, GeneratedToken generated)
    {
        var token = generated.Token;
        var text = WireJson.Quoted(token.IsSpecial ? "" : token.Text);
        var finish = generated.FinishReason is { } reason ? WireJson.Quoted(CompletionResult.FinishReasonOf(reason)) : "null";
        var logProbabilities = result.Request.LogProbabilities && !token.IsSpecial ? WireJson.LogProbabilities(token) : "null";
        return WireJson.Invariant(
            $"{_head}{{\"index\":{choice},\"text\":{text},\"finish_reason\":{finish},\"logprobs\":{logProbabilities},\"seed\":{result.SeedOf(choice)},\"delta\":{{\"token_id\":{token.Id},\"role\":\"assistant\",\"content\":{text}}}}}],\"usage\":null}}\n\n");
    }
}
