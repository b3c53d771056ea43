using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>Sends a result token by token, the choices of several results in turn.</summary>
internal sealed class ChatStream(ChatResult result)
{
    private int _contentTokens;

    public async Task SendAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        var chunks = new ChatChunks(events, result);
        var choices = result.Choices.Select((answer, index) => Steps(chunks, answer, index).GetEnumerator()).ToArray();
        var left = choices.Length;
        while (left > 0)
        {
            await beat.WaitAsync(cancellationToken).ConfigureAwait(false);
            left = 0;
            foreach (var choice in choices)
            {
                if (choice.MoveNext())
                {
                    left++;
                }
            }

            if (left > 0 && !await events.SendAsync(cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        chunks.WriteUsage(_contentTokens);
        await events.DoneAsync(cancellationToken).ConfigureAwait(false);
    }

    // Each step writes one event.
    private IEnumerable<bool> Steps(ChatChunks chunks, ChatAnswer answer, int choice)
    {
        foreach (var token in result.Reasoning())
        {
            chunks.WriteReasoning(choice, token);
            yield return true;
        }

        // Without a single token, none was allowed.
        var reason = FinishReasons.Length;
        foreach (var (token, finishReason) in answer.Content.Tokens())
        {
            _contentTokens++;
            reason = finishReason ?? reason;
            if (!token.IsSpecial)
            {
                chunks.WriteText(choice, token);
                yield return true;
            }
        }

        for (var index = 0; index < answer.Calls.Count; index++)
        {
            chunks.WriteCall(choice, index, answer.Calls[index]);
            yield return true;
            foreach (var piece in Tokenizer.Split(answer.Calls[index].Arguments))
            {
                chunks.WriteArguments(choice, index, piece);
                yield return true;
            }
        }

        chunks.WriteFinish(choice, answer.FinishReasonOf(reason));
        yield return true;
    }
}
