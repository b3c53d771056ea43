using Microsoft.Extensions.Time.Testing;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class InferenceStreamTests
{
    private static readonly TogetherAILocalServerOptions Fast = new() { TokensPerSecond = 0 };

    [Test, CancelAfter(30_000)]
    public async Task Stream_bytes_are_the_documented_wire_form(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(
            new TogetherAILocalServerOptions { TokensPerSecond = 0, TimeProvider = new FakeTimeProvider() }, cancellationToken);

        using var response = await PlainHttp.PostAsync(server, """{"model":"m","prompt":"Write 2 words","stream_tokens":true}""", cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);

        const string Zero = """{"secs":0,"nanos":0}""";
        var id = response.Headers.GetValues("x-request-id").Single();
        var expected =
            $$$"""
            data: {"choices":[{"text":" I"}],"id":"{{{id}}}","token":{"id":8299,"text":" I","logprob":-0.299,"special":false},"generated_text":null,"details":null,"stats":null,"usage":null}

            data: {"choices":[{"text":" am"}],"id":"{{{id}}}","token":{"id":4748,"text":" am","logprob":-0.748,"special":false},"generated_text":null,"details":null,"stats":null,"usage":null}

            data: {"choices":[{"text":"</s>"}],"id":"{{{id}}}","token":{"id":2,"text":"</s>","logprob":-0.002,"special":true},"generated_text":"I am","details":null,"stats":{"total_time":{{{Zero}}},"validation_time":{{{Zero}}},"queue_time":{{{Zero}}},"inference_time":{{{Zero}}},"time_per_token":{{{Zero}}}},"usage":{"prompt_tokens":3,"completion_tokens":3,"total_tokens":6}}

            data: [DONE]


            """.ReplaceLineEndings("\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Is.EqualTo(expected));
            Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/event-stream"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_stopped_by_max_tokens_ends_with_an_ordinary_token_that_has_the_totals(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(Fast, cancellationToken);

        var chunks = await PlainHttp.PostForChunksAsync(server, PlainHttp.Request("hello", ("max_tokens", 4)), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunks, Has.Count.EqualTo(4));
            Assert.That(chunks.Select(chunk => chunk["token"]!["special"]!.GetValue<bool>()), Is.All.False);
            Assert.That(chunks.SkipLast(1).Select(chunk => chunk["usage"]), Is.All.Null);
            Assert.That(chunks[^1]["usage"]!["completion_tokens"]!.GetValue<int>(), Is.EqualTo(4));
            Assert.That(chunks[^1]["generated_text"]!.GetValue<string>(), Is.EqualTo(PlainHttp.Text(chunks).TrimStart()));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_token_text_equals_choice_text_and_ids_repeat_with_the_text(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(Fast, cancellationToken);

        var chunks = await PlainHttp.PostForChunksAsync(server, PlainHttp.Request("Write 300 words"), cancellationToken);

        var tokens = chunks.Select(chunk => (Id: chunk["token"]!["id"]!.GetValue<int>(), Text: chunk["token"]!["text"]!.GetValue<string>())).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tokens.Select(token => token.Text), Is.EqualTo(chunks.Select(chunk => chunk["choices"]![0]!["text"]!.GetValue<string>())));
            Assert.That(tokens.GroupBy(token => token.Text).Select(group => group.Distinct().Count()), Is.All.EqualTo(1));
            Assert.That(chunks.Select(chunk => chunk["token"]!["logprob"]!.GetValue<double>()), Is.All.LessThanOrEqualTo(0));
            Assert.That(chunks.Select(chunk => chunk["id"]!.GetValue<string>()).Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_of_a_prompt_with_characters_beyond_ASCII_never_cuts_one(CancellationToken cancellationToken)
    {
        const string Prompt = "naïve 日本語 👩‍🚀🇫🇷 \"quoted\" <b> & \u0001 end";
        await using var server = await TogetherAILocalServer.StartAsync(Fast, cancellationToken);

        var chunks = await PlainHttp.PostForChunksAsync(server, PlainHttp.Request(Prompt, ("echo", true)), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlainHttp.Text(chunks), Does.StartWith(Prompt));
            Assert.That(chunks.Select(chunk => chunk["token"]!["text"]!.GetValue<string>()), Has.All.Matches<string>(text => IsWellFormed(text!)));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Stream_of_several_choices_numbers_them_and_reports_usage_once_at_the_end(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(Fast, cancellationToken);
        var whole = await PlainHttp.PostForJsonAsync(server, PlainHttp.Request("hello", ("n", 3)), cancellationToken);

        var chunks = await PlainHttp.PostForChunksAsync(server, PlainHttp.Request("hello", ("n", 3)), cancellationToken);

        var byChoice = chunks.GroupBy(chunk => chunk["choices"]![0]!["index"]!.GetValue<int>()).OrderBy(group => group.Key).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(byChoice.Select(group => group.Key), Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(byChoice.Select(group => PlainHttp.Text(group).TrimStart()), Is.EqualTo(new[] { PlainHttp.Text(whole, 0), PlainHttp.Text(whole, 1), PlainHttp.Text(whole, 2) }));
            Assert.That(byChoice.Select(group => group.Last()["generated_text"]!.GetValue<string>()), Is.EqualTo(byChoice.Select(group => PlainHttp.Text(group).TrimStart())));
            Assert.That(chunks.Count(chunk => chunk["usage"] is not null), Is.EqualTo(1));
            Assert.That(chunks[^1]["usage"]!.ToJsonString(), Is.EqualTo(whole["output"]!["usage"]!.ToJsonString()));
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index += char.IsSurrogatePair(text, index) ? 2 : 1)
        {
            if (char.IsSurrogate(text[index]) && (index + 1 >= text.Length || !char.IsSurrogatePair(text, index)))
            {
                return false;
            }
        }

        return true;
    }
}
