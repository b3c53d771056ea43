using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>Sends a result token by token, the choices of several results in turn.</summary>
internal sealed class InferenceStream(string id, InferenceResult result, TimeSpan validation)
{
    // Those of an echoed prompt are no completion.
    private int _completionTokens = result.Request.Echo ? -result.PromptTokens * result.Choices.Count : 0;

    public async Task SendAsync(ServerSentEvents events, TokenPace pace, CancellationToken cancellationToken)
    {
        using var beat = pace.Start();
        var choices = result.Choices.Select(choice => result.TokensOf(choice).GetEnumerator()).ToArray();
        var left = choices.Length;
        while (left > 0)
        {
            await beat.WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var choice = 0; choice < choices.Length; choice++)
            {
                if (!choices[choice].MoveNext())
                {
                    continue;
                }

                _completionTokens++;
                left -= choices[choice].Current.FinishReason is null ? 0 : 1;
                Write(events, choices[choice].Current, choice, left == 0 ? beat.Elapsed : null);
                if (!await events.EndAsync(cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
        }

        await events.DoneAsync(cancellationToken).ConfigureAwait(false);
    }

    // Apart from the loop, because a JSON writer's span must not live across an await.
    private void Write(ServerSentEvents events, in GeneratedToken generated, int choice, TimeSpan? elapsed)
    {
        var totals = elapsed is { } inference ? new InferenceTotals(result.PromptTokens, _completionTokens, validation, inference) : null;
        var text = generated.FinishReason is null ? null : result.TextOf(result.Choices[choice]);
        InferenceJson.WriteChunk(events.Begin(), id, generated.Token, result.Choices.Count > 1 ? choice : null, new InferenceStreamEnd(text, totals));
    }
}
