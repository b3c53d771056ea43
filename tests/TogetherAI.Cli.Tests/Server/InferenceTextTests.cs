using System.Text.Json.Nodes;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class InferenceTextTests
{
    private const string Question = "Using no more than 20 words, what is the Eiffel tower?";

    private TogetherAILocalServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test, CancelAfter(30_000)]
    public async Task Response_has_the_documented_envelope(CancellationToken cancellationToken)
    {
        const string Body = """{"model":"m","prompt":"Write 2 words","stream_tokens":false,"own":[1]}""";

        using var response = await PlainHttp.PostAsync(_server, Body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);

        var id = response.Headers.GetValues("x-request-id").Single();
        Assert.That(text, Is.EqualTo(
            $$$"""{"id":"{{{id}}}","status":"finished","prompt":["Write 2 words"],"model":"m","model_owner":"","num_returns":1,"args":{{{Body}}},"subjobs":[],"output":{"usage":{"prompt_tokens":3,"completion_tokens":3,"total_tokens":6},"result_type":"language-model-inference","choices":[{"text":"I am","index":0,"finish_reason":"eos_token"}]}}"""));
    }

    [Test, CancelAfter(30_000)]
    public async Task Answer_says_that_it_is_a_mock_server_and_keeps_to_the_words_allowed(CancellationToken cancellationToken)
    {
        var text = PlainHttp.Text(await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request($"[INST] {Question} [/INST] "), cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("mock server").And.Contain("not a model").And.Contain("what is the Eiffel tower?"));
            Assert.That(text.Split(' '), Has.Length.LessThanOrEqualTo(20));
        }
    }

    [TestCase(1), TestCase(7), TestCase(400)]
    [CancelAfter(30_000)]
    public async Task Answer_has_as_many_words_as_the_prompt_asks_for(int words, CancellationToken cancellationToken)
    {
        var text = PlainHttp.Text(await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request($"Write {words} words.", ("max_tokens", 5000)), cancellationToken));

        Assert.That(text.Split(' '), Has.Length.EqualTo(words));
    }

    [Test, CancelAfter(30_000)]
    public async Task Answer_to_the_same_request_is_the_same_on_another_server(CancellationToken cancellationToken)
    {
        await using var other = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 }, cancellationToken);

        var first = await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request(Question, ("seed", 5)), cancellationToken);
        var second = await PlainHttp.PostForJsonAsync(other, PlainHttp.Request(Question, ("seed", 5)), cancellationToken);

        Assert.That(second["output"]!.ToJsonString(), Is.EqualTo(first["output"]!.ToJsonString()));
    }

    [Test, CancelAfter(30_000)]
    public async Task Answer_depends_on_prompt_and_seed(CancellationToken cancellationToken)
    {
        var text = PlainHttp.Text(await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("one"), cancellationToken));

        var otherPrompt = PlainHttp.Text(await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("two"), cancellationToken));
        var otherSeed = PlainHttp.Text(await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("one", ("seed", -1)), cancellationToken));

        Assert.That(new[] { text, otherPrompt, otherSeed }, Is.Unique);
    }

    [Test, CancelAfter(30_000)]
    public async Task Response_and_stream_have_the_same_text_and_usage(CancellationToken cancellationToken)
    {
        var whole = await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request(Question), cancellationToken);

        var chunks = await PlainHttp.PostForChunksAsync(_server, PlainHttp.Request(Question), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlainHttp.Text(chunks).TrimStart(), Is.EqualTo(PlainHttp.Text(whole)));
            Assert.That(chunks[^1]["generated_text"]!.GetValue<string>(), Is.EqualTo(PlainHttp.Text(whole)));
            Assert.That(chunks[^1]["usage"]!.ToJsonString(), Is.EqualTo(whole["output"]!["usage"]!.ToJsonString()));
            Assert.That(whole["output"]!["usage"]!["completion_tokens"]!.GetValue<int>(), Is.EqualTo(chunks.Count));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Max_tokens_defaults_to_512(CancellationToken cancellationToken)
    {
        var output = (await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("Write 2000 words"), cancellationToken))["output"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output["usage"]!["completion_tokens"]!.GetValue<int>(), Is.EqualTo(512));
            Assert.That(output["choices"]![0]!["finish_reason"]!.GetValue<string>(), Is.EqualTo("length"));
        }
    }

    [TestCase(2, "length"), TestCase(3, "eos_token")]
    [CancelAfter(30_000)]
    public async Task Max_tokens_counts_the_token_that_ends_the_text(int maxTokens, string reason, CancellationToken cancellationToken)
    {
        var output = (await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("Write 2 words", ("max_tokens", maxTokens)), cancellationToken))["output"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output["choices"]![0]!["text"]!.GetValue<string>(), Is.EqualTo("I am"));
            Assert.That(output["choices"]![0]!["finish_reason"]!.GetValue<string>(), Is.EqualTo(reason));
        }
    }

    // The text is " I am a local mock server, not a model, …"; " mock", " server" and "," are tokens of their own.
    [TestCase(" local", "I am a", TestName = "Stop_text_of_one_token_cuts_the_answer_before_it")]
    [TestCase("cal mock ser", "I am a lo", TestName = "Stop_text_over_several_tokens_cuts_inside_a_token")]
    [TestCase(" I am a local", "", TestName = "Stop_text_at_the_start_leaves_nothing")]
    [CancelAfter(30_000)]
    public async Task Stop_text_ends_the_answer_before_it(string stop, string expected, CancellationToken cancellationToken)
    {
        var request = PlainHttp.Request("hello", ("stop", new JsonArray("never said", stop)));
        var whole = await PlainHttp.PostForJsonAsync(_server, request, cancellationToken);

        var chunks = await PlainHttp.PostForChunksAsync(_server, request, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlainHttp.Text(whole), Is.EqualTo(expected));
            Assert.That(whole["output"]!["choices"]![0]!["finish_reason"]!.GetValue<string>(), Is.EqualTo("stop_sequence"));
            Assert.That(PlainHttp.Text(chunks).TrimStart(), Is.EqualTo(expected));
            Assert.That(chunks[^1]["token"]!["special"]!.GetValue<bool>(), Is.True);
            Assert.That(chunks[^1]["generated_text"]!.GetValue<string>(), Is.EqualTo(expected));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Echo_puts_the_prompt_before_the_text_and_counts_only_what_was_generated(CancellationToken cancellationToken)
    {
        var plain = await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("hello"), cancellationToken);

        var echo = await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("hello", ("echo", true)), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlainHttp.Text(echo), Is.EqualTo("hello " + PlainHttp.Text(plain)));
            Assert.That(echo["output"]!["usage"]!.ToJsonString(), Is.EqualTo(plain["output"]!["usage"]!.ToJsonString()));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task N_gives_that_many_different_texts(CancellationToken cancellationToken)
    {
        var response = await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("hello", ("n", 3)), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response["num_returns"]!.GetValue<int>(), Is.EqualTo(3));
            Assert.That(Enumerable.Range(0, 3).Select(choice => PlainHttp.Text(response, choice)), Is.Unique);
            Assert.That(response["output"]!["choices"]!.AsArray().Select(choice => choice!["index"]!.GetValue<int>()), Is.EqualTo(new[] { 0, 1, 2 }));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Logprobs_come_with_one_number_for_each_token(CancellationToken cancellationToken)
    {
        var response = await PlainHttp.PostForJsonAsync(_server, PlainHttp.Request("Write 2 words", ("logprobs", 1)), cancellationToken);

        Assert.That(
            response["output"]!["choices"]![0]!["logprobs"]!.ToJsonString(),
            Is.EqualTo("""{"tokens":[" I"," am","\u003C/s\u003E"],"token_logprobs":[-0.299,-0.748,-0.002]}"""));
    }
}
