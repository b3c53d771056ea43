using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary>Sends a result token by token, the choices of several results in turn.</summary>
internal sealed class InferenceStream(string id, InferenceResult result, TimeSpan validation)
{
    public async Task SendAsync(ServerSentEvents events, TokenPace pace, CancellationToken cancellationToken)
    {
        using var beat = pace.Start();
        var choices = result.Choices.Select(choice => result.TokensOf(choice).ToArray()).ToArray();
        var left = choices.Sum(tokens => tokens.Length);
        for (var position = 0; left > 0; position++)
        {
            await beat.WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var choice = 0; choice < choices.Length; choice++)
            {
                if (position >= choices[choice].Length)
                {
                    continue;
                }

                left--;
                var end = position == choices[choice].Length - 1 ? End(choice, left == 0, beat.Elapsed) : default;
                Write(events, choices[choice][position], choice, end);
                if (!await events.EndAsync(cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
        }

        await events.DoneAsync(cancellationToken).ConfigureAwait(false);
    }

    private InferenceStreamEnd End(int choice, bool isLast, TimeSpan elapsed)
        => new(result.TextOf(result.Choices[choice]), isLast ? result : null, validation, elapsed);

    // Apart from the loop, because a JSON writer's span must not live across an await.
    private void Write(ServerSentEvents events, in Token token, int choice, in InferenceStreamEnd end)
        => InferenceJson.WriteChunk(events.Begin(), id, token, result.Choices.Count > 1 ? choice : null, end);
}
