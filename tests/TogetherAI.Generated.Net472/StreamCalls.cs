using static TogetherAI.Net472.CheckList;

namespace TogetherAI.Net472;

/// <summary>The three streams of each area that streams a text. They say what the whole response says.</summary>
internal static class StreamCalls
{
    public static void AddTo(CheckList checks, TogetherAIClient client)
    {
        checks.Add("inference, chunks", async () =>
        {
            var chunks = await client.Inference.StreamAsync(Requests.Inference).ToListAsync();
            var whole = await client.Inference.RunAsync(Requests.Inference);
            Require(chunks.Last().GeneratedText == whole.Output.Choices[0].Text);
        });
        checks.Add("inference, tokens", async () =>
        {
            var tokens = await client.Inference.StreamTokensAsync(Requests.Inference).ToListAsync();
            var whole = await client.Inference.RunAsync(Requests.Inference);
            Require(string.Concat(tokens).Contains(whole.Output.Choices[0].Text!));
        });
        checks.Add("inference, bytes", async () =>
            Require((await client.Inference.StreamBytesAsync(Requests.Inference).ReadTextAsync()).TrimEnd().EndsWith("data: [DONE]", StringComparison.Ordinal)));

        checks.Add("chat, chunks put together", async () =>
        {
            var answer = new ChatCompletionAccumulator();
            await foreach (var chunk in client.Chat.StreamAsync(Requests.Chat))
            {
                answer.Add(chunk);
            }

            var whole = await client.Chat.CompleteAsync(Requests.Chat);
            Require(answer.ToResponse().Choices[0].Message!.Content == whole.Choices[0].Message!.Content);
        });
        checks.Add("chat, a tool call put together", async () =>
        {
            var request = Requests.Chat;
            request.Tools = [ChatCompletionTool.FromFunction("get_weather", "The weather of a city.", """{ "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] }""")];
            request.ToolChoice = "required";
            var answer = new ChatCompletionAccumulator();
            await foreach (var chunk in client.Chat.StreamAsync(request))
            {
                answer.Add(chunk);
            }

            var call = answer.ToResponse().Choices[0].Message!.ToolCalls!.Single();
            Require(call.Function.Name == "get_weather");
            Require(Newtonsoft.Json.Linq.JObject.Parse(call.Function.Arguments!)["city"] is not null);
        });
        checks.Add("chat, tokens", async () =>
        {
            var tokens = await client.Chat.StreamTokensAsync(Requests.Chat).ToListAsync();
            var whole = await client.Chat.CompleteAsync(Requests.Chat);
            Require(tokens.Count > 10 && string.Concat(tokens) == whole.Choices[0].Message!.Content);
        });
        checks.Add("chat, bytes", async () =>
            Require((await client.Chat.StreamBytesAsync(Requests.Chat).ReadTextAsync()).TrimEnd().EndsWith("data: [DONE]", StringComparison.Ordinal)));

        checks.Add("completions, chunks", async () =>
            Require((await client.Completions.StreamAsync(Requests.Completion).ToListAsync()).Any(chunk => chunk.Usage is not null)));
        checks.Add("completions, tokens", async () =>
        {
            var tokens = await client.Completions.StreamTokensAsync(Requests.Completion).ToListAsync();
            var whole = await client.Completions.CreateAsync(Requests.Completion);
            Require(string.Concat(tokens) == whole.Choices[0].Text);
        });
        checks.Add("completions, bytes", async () =>
            Require((await client.Completions.StreamBytesAsync(Requests.Completion).ReadTextAsync()).TrimEnd().EndsWith("data: [DONE]", StringComparison.Ordinal)));

        checks.Add("thirty streams at once", async () =>
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.Chat.StreamTokensAsync(Requests.Chat).ToListAsync()));
            Require(answers.All(tokens => string.Concat(tokens) == string.Concat(answers[0])));
        });
    }
}
