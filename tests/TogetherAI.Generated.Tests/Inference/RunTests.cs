using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Inference;

[CancelAfter(30_000)]
public sealed class RunTests
{
    [Test]
    public async Task Run_minimal_request_sends_one_post_with_the_documented_body(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);

        var response = await client.RunAsync(Clients.Request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Output.Choices!.Single().Text, Is.EqualTo(" 4"));
            Assert.That(server.Request.Method, Is.EqualTo("POST"));
            Assert.That(server.Request.Target, Is.EqualTo("/inference"));
            Assert.That(server.Request.Body, Is.EqualTo("""{"model":"org/model","prompt":"2+2=","stream_tokens":false}"""));
        }
    }

    [Test]
    public async Task Run_by_default_sends_the_usual_headers_once(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);

        await client.RunAsync(Clients.Request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer " + Clients.Key));
            Assert.That(server.Request.Header("Accept"), Is.EqualTo("application/json"));
            Assert.That(server.Request.Header("Content-Type"), Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(server.Request.Header("User-Agent"), Does.Match(@"^TogetherAI\.Generated/\d+\.\d+\.\d+$"));
        }
    }

    [Test]
    public async Task Run_zero_and_false_are_sent_and_unset_fields_are_not(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);
        var request = Clients.Request;
        request.MaxTokens = 0;
        request.Temperature = 0;
        request.Echo = false;
        request.Stop = [];

        await client.RunAsync(request, cancellationToken: cancellationToken);

        var expected = JObject.Parse(
            """{"model":"org/model","prompt":"2+2=","max_tokens":0,"temperature":0.0,"echo":false,"stop":[],"stream_tokens":false}""");
        Assert.That(JToken.DeepEquals(server.Request.Json, expected), Is.True, server.Request.Body);
    }

    [Test]
    public async Task Run_additional_properties_are_sent_beside_the_documented_ones(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);
        var request = Clients.Request;
        request.AdditionalProperties["min_p"] = 0.05;
        request.AdditionalProperties["nested"] = new JObject { ["$type"] = "kept as it is", ["date"] = "2024-01-02T03:04:05Z" };

        await client.RunAsync(request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((double?)server.Request.Json["min_p"], Is.EqualTo(0.05));
            Assert.That(server.Request.Body, Does.Contain("""{"$type":"kept as it is","date":"2024-01-02T03:04:05Z"}"""));
        }
    }

    [Test]
    public async Task Run_text_beyond_ascii_arrives_as_utf8(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);
        var request = Clients.Request;
        request.Prompt = "né 日本 \ud83d\ude00 \"\\\n";

        await client.RunAsync(request, cancellationToken: cancellationToken);

        Assert.That((string?)server.Request.Json["prompt"], Is.EqualTo(request.Prompt));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Call_of_any_kind_leaves_the_callers_object_untouched(Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        var request = Clients.Request;
        var before = JObject.FromObject(request).ToString();

        await (call switch
        {
            Call.Run => client.RunAsync(request),
            Call.StreamBytes => client.StreamBytesAsync(request),
            Call.Stream => (Task)client.StreamAsync(request).ToListAsync().AsTask(),
            _ => client.StreamTokensAsync(request).ToListAsync().AsTask(),
        });

        Assert.That(JObject.FromObject(request).ToString(), Is.EqualTo(before));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.Streams))]
    public async Task Streaming_call_says_so_in_the_body_and_asks_for_an_event_stream(Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);

        await client.CompleteAsync(call);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Request.Target, Is.EqualTo("/inference"));
            Assert.That(server.Request.Body, Is.EqualTo("""{"model":"org/model","prompt":"2+2=","stream_tokens":true}"""));
            Assert.That(server.Request.Header("Accept"), Does.StartWith("text/event-stream"));
            Assert.That(server.Request.Header("Accept-Encoding"), Is.EqualTo("identity"));
            Assert.That(server.Request.Header("Authorization"), Is.EqualTo("Bearer " + Clients.Key));
        }
    }

    [Test]
    public async Task Run_byte_order_mark_before_the_answer_is_ignored(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "\ufeff" + Answers.RunBody));
        using var client = Clients.For(server);

        var response = await client.RunAsync(Clients.Request, cancellationToken: cancellationToken);

        Assert.That(response.Output.Choices!.Single().Text, Is.EqualTo(" 4"));
    }

    [Test]
    public async Task Run_answer_of_an_older_server_is_read_in_full(CancellationToken cancellationToken)
    {
        const string Body = """
            {"status":"finished","prompt":[null],"model":"org/m","model_owner":"","tags":{},"num_returns":1,
             "args":{"stop":null,"when":"2023-01-02T03:04:05Z"},"subjobs":[],"new_field":[1],
             "output":{"raw_compute_time":1.75,"result_type":"word-of-tomorrow",
             "choices":[{"text":" 4","index":0,"finish_reason":"a_new_reason","logprobs":[-0.5],"more":true}]}}
            """;
        await using var server = RawServer.Answering(Answers.Of(200, Body));
        using var client = Clients.For(server);

        var response = await client.RunAsync(Clients.Request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(JToken.DeepEquals(JToken.FromObject(response, TestJson.Serializer), TestJson.WithoutNulls(Body)), Is.True);
            Assert.That(response.Output.Choices![0].FinishReason?.Value, Is.EqualTo("a_new_reason"));
            Assert.That(response.AdditionalProperties, Does.ContainKey("new_field"));
        }
    }
}
