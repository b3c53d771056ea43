using static TogetherAI.Net472.CheckList;

namespace TogetherAI.Net472;

/// <summary>The areas whose events have names: messages and responses. Their streams say what the whole response says.</summary>
internal static class DialogCalls
{
    public static void AddTo(CheckList checks, TogetherAIClient client)
    {
        AddMessages(checks, client);
        AddResponses(checks, client);
    }

    private static void AddMessages(CheckList checks, TogetherAIClient client)
    {
        checks.Add("messages, events put together", async () =>
        {
            var answer = new MessageAccumulator();
            await foreach (var chunk in client.Messages.StreamAsync(Requests.Message))
            {
                answer.Add(chunk);
            }

            Require(answer.Text == (await client.Messages.CreateAsync(Requests.Message)).Text);
            Require(answer.ToResponse().Usage!.OutputTokens > 20);
        });
        checks.Add("messages, tokens", async () =>
        {
            var tokens = await client.Messages.StreamTokensAsync(Requests.Message).ToListAsync();
            Require(tokens.Count > 10 && string.Concat(tokens) == (await client.Messages.CreateAsync(Requests.Message)).Text);
        });
        checks.Add("messages, bytes", async () =>
            Require((await client.Messages.StreamBytesAsync(Requests.Message).ReadTextAsync()).Contains("event: message_stop")));
    }

    private static void AddResponses(CheckList checks, TogetherAIClient client)
    {
        checks.Add("responses, events put together", async () =>
        {
            var answer = new ResponseAccumulator();
            await foreach (var chunk in client.Responses.StreamAsync(Requests.Response))
            {
                answer.Add(chunk);
            }

            Require(answer.Text == (await client.Responses.CreateAsync(Requests.Response)).OutputText);
        });
        checks.Add("responses, tokens", async () =>
        {
            var tokens = await client.Responses.StreamTokensAsync(Requests.Response).ToListAsync();
            Require(tokens.Count > 10 && string.Concat(tokens) == (await client.Responses.CreateAsync(Requests.Response)).OutputText);
        });
        checks.Add("responses, bytes", async () =>
            Require((await client.Responses.StreamBytesAsync(Requests.Response).ReadTextAsync()).Contains("event: response.completed")));
    }
}
