using System.Diagnostics;
using NUnit.Framework;
using TogetherAI.Tests.Messages;
using TogetherAI.Tests.Responses;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Telemetry;

/// <summary>Each call is one span, whichever way it is made and however it ends.</summary>
[CancelAfter(30_000), NonParallelizable]
public sealed class SpanTests
{
    private const string ChatBody =
        """{"id":"chat-1","object":"chat.completion","model":"org/model-v2","created":1,"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Ahoy"}},{"index":1,"finish_reason":"length","message":{"role":"assistant","content":"Oh"}}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":2},"completion_tokens_details":{"reasoning_tokens":1}}}""";

    private TelemetryRecorder _recorder = null!;

    private static ChatCompletionRequest ChatRequest => new() { Model = "org/model", Messages = [ChatCompletionMessage.FromUser("Hi")] };

    private Activity Span => _recorder.Span;

    [SetUp]
    public void Listen() => _recorder = new TelemetryRecorder();

    [TearDown]
    public void StopListening() => _recorder.Dispose();

    [Test]
    public async Task Call_is_a_span_of_its_request_and_its_response(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, ChatBody));
        using var client = Clients.ForAll(server);
        var request = ChatRequest;
        request.Count = 2;
        request.MaxTokens = 20;
        request.Seed = 7;
        request.Stop = ["\n", "END"];
        request.Temperature = 1;
        request.TopK = 40;
        request.TopP = 0.5;
        request.FrequencyPenalty = 0.25;
        request.PresencePenalty = -0.25;

        await client.Chat.CompleteAsync(request, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Span.DisplayName, Is.EqualTo("chat org/model"));
            Assert.That(Span.Kind, Is.EqualTo(ActivityKind.Client));
            Assert.That(Span.Source.Name, Is.EqualTo("TogetherAI"));
            Assert.That(Span.Status, Is.EqualTo(ActivityStatusCode.Unset));
            Assert.That(Span.TagObjects, Is.EquivalentTo(new Dictionary<string, object?>
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "together_ai",
                ["server.address"] = "localhost",
                ["server.port"] = server.Port,
                ["gen_ai.request.model"] = "org/model",
                ["gen_ai.request.choice.count"] = 2L,
                ["gen_ai.request.max_tokens"] = 20L,
                ["gen_ai.request.seed"] = 7L,
                ["gen_ai.request.stop_sequences"] = new[] { "\n", "END" },
                ["gen_ai.request.temperature"] = 1d,
                ["gen_ai.request.top_k"] = 40d,
                ["gen_ai.request.top_p"] = 0.5,
                ["gen_ai.request.frequency_penalty"] = 0.25,
                ["gen_ai.request.presence_penalty"] = -0.25,
                ["http.response.status_code"] = 200,
                ["gen_ai.response.id"] = "chat-1",
                ["gen_ai.response.model"] = "org/model-v2",
                ["gen_ai.response.finish_reasons"] = new[] { "stop", "length" },
                ["gen_ai.usage.input_tokens"] = 3L,
                ["gen_ai.usage.output_tokens"] = 4L,
                ["gen_ai.usage.cache_read.input_tokens"] = 2L,
                ["gen_ai.usage.reasoning.output_tokens"] = 1L,
            }));
        }
    }

    [Test]
    public async Task Stream_is_a_span_until_its_end([Values(Way.Objects, Way.Texts)] Way way, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(
            Frames.Data("""{"id":"chat-1","model":"org/model-v2","choices":[{"index":0,"delta":{"content":"a"}}]}"""),
            Frames.Data("""{"id":"chat-1","model":"org/model-v2","choices":[{"index":0,"delta":{"content":"b"}}]}"""),
            Frames.Data("""{"id":"chat-1","choices":[{"index":1,"delta":{"content":"c"},"finish_reason":"length"}]}"""),
            Frames.Data("""{"id":"chat-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""),
            Frames.Data("""{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"""),
            Frames.Done);
        using var client = Clients.ForAll(server);

        if (way == Way.Objects)
        {
            await foreach (var _ in client.Chat.StreamAsync(ChatRequest, cancellationToken))
            {
                Assert.That(_recorder.Spans, Is.Empty);
            }
        }
        else
        {
            await foreach (var _ in client.Chat.StreamTokensAsync(ChatRequest, cancellationToken))
            {
                Assert.That(_recorder.Spans, Is.Empty);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Span.DisplayName, Is.EqualTo("chat org/model"));
            Assert.That(Span.GetTagItem("gen_ai.request.stream"), Is.True);
            Assert.That(Span.GetTagItem("gen_ai.response.id"), Is.EqualTo("chat-1"));
            Assert.That(Span.GetTagItem("gen_ai.response.model"), Is.EqualTo("org/model-v2"));
            Assert.That(Span.GetTagItem("gen_ai.response.finish_reasons"), Is.EqualTo(new[] { "stop", "length" }));
            Assert.That(Span.GetTagItem("gen_ai.usage.output_tokens"), Is.EqualTo(4L));
            Assert.That(Span.GetTagItem("gen_ai.response.time_to_first_chunk"), Is.InstanceOf<double>().And.Positive);
            Assert.That(Span.GetTagItem("stream.left_early"), Is.Null);
            Assert.That(Span.GetTagItem("error.type"), Is.Null);
        }
    }

    [Test]
    public async Task Stream_of_bytes_is_a_span_until_its_end(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(Frames.Text("a"), Frames.Last("b"), Frames.Done);
        using var client = Clients.ForAll(server);

        await client.CompleteAsync(Way.Bytes, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Span.DisplayName, Is.EqualTo("text_completion org/model"));
            Assert.That(Span.GetTagItem("gen_ai.request.stream"), Is.True);
            Assert.That(Span.GetTagItem("gen_ai.response.time_to_first_chunk"), Is.InstanceOf<double>().And.Positive);
            Assert.That(Span.GetTagItem("stream.left_early"), Is.Null);
        }
    }

    [Test]
    public async Task Stream_of_named_events_tells_its_usage_and_its_end(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Start((connection, request, stop) => connection.SendAsync(
            Answers.Of(200, request.Target.Contains("messages", StringComparison.Ordinal) ? MessageFrames.Everything : ResponseFrames.Everything, "text/event-stream"), stop));
        using var client = Clients.ForAll(server);

        await client.Messages.StreamTokensAsync(new MessageRequest { Model = "m", MaxTokens = 9, Messages = [MessageInput.FromUser("Hi")] }, cancellationToken).ToListAsync(cancellationToken);
        await client.Responses.StreamTokensAsync(new ResponseRequest { Model = "m", Input = "Hi", MaxOutputTokens = 9 }, cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_recorder.Spans.Select(span => span.DisplayName), Is.All.EqualTo("chat m").And.Exactly(2).Items);
            Assert.That(_recorder.Spans.Select(span => span.GetTagItem("gen_ai.request.max_tokens")), Is.All.EqualTo(9L));
            Assert.That(_recorder.Spans.Select(span => span.GetTagItem("gen_ai.response.id")), Is.EqualTo(new[] { "msg_1", "resp_1" }));
            Assert.That(_recorder.Spans[0].GetTagItem("gen_ai.response.finish_reasons"), Is.EqualTo(new[] { "tool_use" }));
            Assert.That(_recorder.Spans[0].GetTagItem("gen_ai.usage.input_tokens"), Is.EqualTo(11L));
            Assert.That(_recorder.Spans[0].GetTagItem("gen_ai.usage.output_tokens"), Is.EqualTo(6L));
            Assert.That(_recorder.Spans[0].GetTagItem("gen_ai.usage.cache_read.input_tokens"), Is.EqualTo(4L));
        }
    }

    [Test]
    public async Task Stream_that_is_left_early_says_so([Values(Way.Bytes, Way.Objects, Way.Texts)] Way way, CancellationToken cancellationToken)
    {
        await using var server = RawServer.StreamingThenSilent(Frames.Text("a"), Frames.Text("b"));
        using var client = Clients.For(server);

        await client.TakeOneAsync(way switch { Way.Bytes => Call.StreamBytes, Way.Objects => Call.Stream, _ => Call.StreamTokens }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Span.GetTagItem("stream.left_early"), Is.True);
            Assert.That(Span.GetTagItem("error.type"), Is.Null);
            Assert.That(Span.Status, Is.EqualTo(ActivityStatusCode.Unset));
        }
    }

    [Test]
    public async Task Call_that_is_refused_tells_its_status_and_exception([Values] Way way, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(401, "{\"error\":\"no\"}"));
        using var client = Clients.ForAll(server);

        await Failures.Of<TogetherAIAuthenticationException>(() => client.CompleteAsync(way, cancellationToken: cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Span.Status, Is.EqualTo(ActivityStatusCode.Error));
            Assert.That(Span.GetTagItem("error.type"), Is.EqualTo(typeof(TogetherAIAuthenticationException).FullName));
            Assert.That(Span.GetTagItem("http.response.status_code"), Is.EqualTo(401));
        }
    }

    [Test]
    public async Task Retry_is_an_event_of_the_span([Values] Way way, CancellationToken cancellationToken)
    {
        var isStream = way is Way.Bytes or Way.Objects or Way.Texts;
        await using var server = RawServer.Answering(
            Answers.Empty(503, "Retry-After: 7\r\n"),
            isStream ? Answers.Of(200, Frames.Last("b") + Frames.Done, "text/event-stream") : way switch
            {
                Way.Whole => Answers.Run,
                Way.List => Answers.Of(200, """[{"id":"m"}]"""),
                _ => Answers.Of(200, "RIFF", "audio/wav"),
            });
        using var client = new TogetherAIClient(Clients.Options(server.Url, static options =>
        {
            options.MaxRetries = 1;
            options.TimeProvider = new InstantTime();
        }));

        await client.CompleteAsync(way, cancellationToken: cancellationToken);

        var retry = Span.Events.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(retry.Name, Is.EqualTo("retry"));
            Assert.That(retry.Tags, Is.EquivalentTo(new Dictionary<string, object?>
            {
                ["http.request.resend_count"] = 1,
                ["error.type"] = "503",
                ["retry.delay"] = 7d,
            }));
            Assert.That(Span.GetTagItem("error.type"), Is.Null);
        }
    }

    [Test]
    public async Task Stream_that_is_cut_off_or_cancelled_tells_its_exception([Values(Way.Objects, Way.Texts)] Way way, [Values] bool isCancelled, CancellationToken cancellationToken)
    {
        await using var server = isCancelled ? RawServer.StreamingThenSilent(Frames.Text("a")) : RawServer.Streaming(Frames.Text("a"));
        using var client = Clients.ForAll(server);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        var options = new TogetherAIRequestOptions { ResponseReceived = _ => caller.CancelAfter(isCancelled ? 50 : -1) };
        await Assert.ThatAsync(() => client.CompleteAsync(way, options, caller.Token), isCancelled ? Throws.InstanceOf<OperationCanceledException>() : Throws.TypeOf<TogetherAIStreamException>());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Span.Status, Is.EqualTo(ActivityStatusCode.Error));
            Assert.That(Span.GetTagItem("error.type"), Is.EqualTo((isCancelled ? typeof(OperationCanceledException) : typeof(TogetherAIStreamException)).FullName));
            Assert.That(Span.GetTagItem("stream.left_early"), Is.Null);
        }
    }

    [Test]
    public async Task Call_that_is_cancelled_before_it_is_sent_is_a_span(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(Span.GetTagItem("error.type"), Is.EqualTo(typeof(OperationCanceledException).FullName));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Call_without_connection_tells_its_exception(CancellationToken cancellationToken)
    {
        var server = RawServer.Answering(Answers.Run);
        await server.DisposeAsync();
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request, cancellationToken), Throws.TypeOf<TogetherAIConnectionException>());

        Assert.That(Span.GetTagItem("error.type"), Is.EqualTo(typeof(TogetherAIConnectionException).FullName));
        Assert.That(Span.GetTagItem("http.response.status_code"), Is.Null);
    }

    [Test]
    public async Task Every_operation_has_a_name(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, """{"id":"i","object":"o","model":"m","text":"t","created":1,"data":[],"results":[]}"""));
        using var client = Clients.ForAll(server);

        await client.Embeddings.CreateAsync(new EmbeddingRequest { Model = "m", Input = "a" }, cancellationToken);
        await client.Images.GenerateAsync(new ImageRequest { Model = "m", Prompt = "a" }, cancellationToken);
        await client.Audio.CreateTranscriptionAsync(new TranscriptionRequest { Model = "m", File = FileUpload.FromBytes(new byte[4], "a.wav") }, cancellationToken);
        await client.Files.ListAsync(cancellationToken);
        await client.Endpoints.ListHardwareAsync(cancellationToken: cancellationToken);
        await client.Raw.SendAsync(new TogetherAIRawRequest("v1/something/new"), cancellationToken: cancellationToken);
        await client.Rerank.RerankAsync(new RerankRequest { Model = "m", Query = "q", Documents = ["d"] }, cancellationToken);

        Assert.That(
            _recorder.Spans.Select(span => span.DisplayName),
            Is.EqualTo(new[] { "embeddings m", "generate_content m", "generate_content m", "files.list", "endpoints.list_hardware", "GET", "rerank m" }));
        bool[] isGenerative = [true, true, true, false, false, false, true];
        Assert.That(_recorder.Spans.Select(span => span.GetTagItem("gen_ai.response.id")), Is.EqualTo(isGenerative.Select(static one => one ? "i" : null)));
        Assert.That(_recorder.Spans.Select(span => span.GetTagItem("gen_ai.response.model")), Is.EqualTo(isGenerative.Select(static one => one ? "m" : null)));
    }

    [Test]
    public async Task Job_and_file_are_no_responses_of_a_model(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, """{"id":"job-1","object":"o","model":"m","status":"pending","filename":"a.jsonl","created_at":"2026-01-01T00:00:00Z"}"""));
        using var client = Clients.ForAll(server);

        await client.Files.RetrieveAsync("file-1", cancellationToken);
        await client.FineTuning.RetrieveAsync("job-1", cancellationToken);
        await client.Raw.SendAsync(new TogetherAIRawRequest("v1/files/file-1"), cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_recorder.Spans.Select(span => span.GetTagItem("http.response.status_code")), Is.All.EqualTo(200).And.Exactly(3).Items);
            Assert.That(_recorder.Spans.SelectMany(static span => span.TagObjects.Select(static tag => tag.Key)), Has.None.StartsWith("gen_ai.response."));
            Assert.That(_recorder.Metrics.SelectMany(static metric => metric.MetricPoints), Has.Exactly(2).Items);
            Assert.That(_recorder.Everything(), Does.Not.Contain("gen_ai.response.model"));
        }
    }

    [Test]
    public async Task Raw_call_is_a_span_like_any_other(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, ChatBody));
        using var client = Clients.ForAll(server);

        await client.Raw.SendAsync(new TogetherAIRawRequest("/v1/chat/completions", """{"temperature":0.5,"messages":[],"model":"m"}"""u8.ToArray()), cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Span.DisplayName, Is.EqualTo("chat m"));
            Assert.That(Span.GetTagItem("gen_ai.request.temperature"), Is.EqualTo(0.5));
            Assert.That(Span.GetTagItem("gen_ai.usage.input_tokens"), Is.EqualTo(3L));
        }
    }

    [TestCase("""{"model":"\ud800","stop":["\udc00"],"mod\ud800el":1}""", """{"id":"\ud800","model":"\udfff","us\ud800age":{},"choices":[{"finish_reason":"\ud800"}]}""")]
    [TestCase("""{"model":7,"stop":[1],"temperature":"hot","seed":1e400,"n":2.5,"max_tokens":99999999999999999999}""", """{"id":7,"model":null,"usage":[],"choices":{"finish_reason":[]}}""")]
    [TestCase("[]", "[]")]
    [TestCase("{", "{")]
    [TestCase("", "")]
    public async Task Content_of_any_form_disturbs_no_call(string request, string response, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, response));
        using var client = Clients.ForAll(server);

        var received = await client.Raw.SendAsync(new TogetherAIRawRequest("v1/chat/completions", System.Text.Encoding.UTF8.GetBytes(request)), cancellationToken: cancellationToken);

        Assert.That(System.Text.Encoding.UTF8.GetString(received.Body.Span), Is.EqualTo(response));
        Assert.That(Span.GetTagItem("gen_ai.operation.name"), Is.EqualTo("chat"));
    }

    [Test]
    public async Task Bytes_that_are_no_UTF8_disturb_no_call(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "{}"));
        using var client = Clients.ForAll(server);

        await client.Raw.SendAsync(new TogetherAIRawRequest("v1/chat/completions", "{\"model\":\"\u00ff\"}"u8.ToArray().Select(static one => one == 0xC3 ? (byte)0xFF : one).ToArray()), cancellationToken: cancellationToken);

        Assert.That(Span.DisplayName, Does.StartWith("chat"));
    }

    [Test]
    public async Task Chunk_with_half_a_character_disturbs_no_stream(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming(Frames.Data("""{"id":"\ud800","model":"\udfff","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"\ud800"}]}"""), Frames.Done);
        using var client = Clients.ForAll(server);

        var texts = await client.Chat.StreamTokensAsync(ChatRequest, cancellationToken).ToListAsync(cancellationToken);

        Assert.That(texts, Is.EqualTo(new[] { "a" }));
        Assert.That(Span.DisplayName, Is.EqualTo("chat org/model"));
    }

    [Test]
    public async Task Request_of_any_size_tells_what_it_has(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, ChatBody));
        using var client = Clients.ForAll(server);
        var request = ChatRequest;
        request.Messages = [ChatCompletionMessage.FromUser(new string('a', 300_000))];
        request.AdditionalProperties["temperature"] = 0.5;

        await client.Chat.CompleteAsync(request, cancellationToken);

        Assert.That(Span.DisplayName, Is.EqualTo("chat org/model"));
        Assert.That(Span.GetTagItem("gen_ai.request.temperature"), Is.EqualTo(0.5));
    }

    [Test]
    public async Task Enumerating_twice_is_two_spans(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, Frames.Last("b") + Frames.Done, "text/event-stream"));
        using var client = Clients.For(server);
        var stream = client.StreamTokensAsync(Clients.Request, cancellationToken);

        await stream.ToListAsync(cancellationToken);
        await stream.ToListAsync(cancellationToken);

        Assert.That(_recorder.Spans.Select(span => span.DisplayName), Is.EqualTo(new[] { "text_completion org/model", "text_completion org/model" }));
    }
}
