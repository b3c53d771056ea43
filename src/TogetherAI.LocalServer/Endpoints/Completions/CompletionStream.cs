using System.Text;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Completions;

/// <summary>Sends a result token by token, the choices of several results in turn.</summary>
internal sealed class CompletionStream(CompletionResult result)
{
    private readonly string _head = WireJson.Invariant(
        $"data: {{\"id\":{WireJson.Quoted(result.Id)},\"object\":\"completion.chunk\",\"created\":{result.Created},\"model\":{WireJson.Quoted(result.Request.Model)},\"choices\":[");

    public async Task SendAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        var choices = result.Choices;
        var longest = choices.Max(choice => choice.Tokens.Count);
        for (var position = 0; position < longest; position++)
        {
            await beat.WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var choice = 0; choice < choices.Count; choice++)
            {
                if (position < choices[choice].Tokens.Count)
                {
                    events.Write(Encoding.UTF8.GetBytes(Chunk(choice, position)));
                }
            }

            if (!await events.SendAsync(cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        var usage = WireJson.Usage(result.PromptTokens, result.CompletionTokens);
        events.Write(Encoding.UTF8.GetBytes($"{_head}],\"usage\":{usage}}}\n\n"));
        await events.DoneAsync(cancellationToken).ConfigureAwait(false);
    }

    private string Chunk(int choice, int position)
    {
        var generation = result.Choices[choice];
        var token = generation.Tokens[position];
        var text = WireJson.Quoted(token.IsSpecial ? "" : token.Text);
        var finish = position == generation.Tokens.Count - 1 ? WireJson.Quoted(CompletionResult.FinishReasonOf(generation)) : "null";
        var logProbabilities = result.Request.LogProbabilities && !token.IsSpecial ? WireJson.LogProbabilities([token]) : "null";
        return WireJson.Invariant(
            $"{_head}{{\"index\":{choice},\"text\":{text},\"finish_reason\":{finish},\"logprobs\":{logProbabilities},\"seed\":{result.SeedOf(choice)},\"delta\":{{\"token_id\":{token.Id},\"role\":\"assistant\",\"content\":{text}}}}}],\"usage\":null}}\n\n");
    }
}
