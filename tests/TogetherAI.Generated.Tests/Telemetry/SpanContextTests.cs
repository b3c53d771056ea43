using System.Diagnostics;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Telemetry;

/// <summary>The spans above and below a call, and calls of which nobody is told.</summary>
[CancelAfter(30_000), NonParallelizable]
public sealed class SpanContextTests
{
    private const string Above = "Above";

    private static readonly ActivitySource AboveSource = new(Above);

    // The source of .NET's own HTTP client.
    private const string Http = "System.Net.Http";

    [Test]
    public async Task Span_is_the_child_of_the_callers_and_the_parent_of_the_request([ValueSource(typeof(Calls), nameof(Calls.All))] Call call, CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder(others: [Above, Http]);
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        using var caller = AboveSource.StartActivity("caller")!;

        await client.CompleteAsync(call, cancellationToken: cancellationToken);

        var span = recorder.Spans.Single(one => one.Source.Name == "TogetherAI");
        var request = recorder.Spans.Single(one => one.Source.Name == Http);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(span.ParentSpanId, Is.EqualTo(caller.SpanId));
            Assert.That(request.ParentSpanId, Is.EqualTo(span.SpanId));
            Assert.That(server.Request.Header("traceparent"), Is.EqualTo(request.Id));
            Assert.That(Activity.Current, Is.SameAs(caller));
        }
    }

    [Test]
    public async Task Stream_that_is_left_inside_another_span_leaves_that_current(CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder(others: Above);
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        using var caller = AboveSource.StartActivity("caller")!;
        var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken);
        using var later = AboveSource.StartActivity("later")!;

        await stream.DisposeAsync();

        Assert.That(Activity.Current, Is.SameAs(later));
        Assert.That(recorder.Span.ParentSpanId, Is.EqualTo(caller.SpanId));
    }

    [Test]
    public async Task Call_of_which_nobody_listens_is_no_span([ValueSource(typeof(Calls), nameof(Calls.All))] Call call, CancellationToken cancellationToken)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        var current = new List<Activity?>();

        await client.CompleteAsync(call, new TogetherAIRequestOptions { ResponseReceived = _ => current.Add(Activity.Current) }, cancellationToken);

        Assert.That(current, Is.EqualTo(new Activity?[] { null }));
        Assert.That(server.Request.Header("traceparent"), Is.Null);
    }

    [Test]
    public async Task Chat_client_that_tells_of_a_call_is_the_only_one_to_do_so([Values] bool isStream, CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder(others: Above);
        await using var server = RawServer.Answering(
            isStream
                ? Answers.Of(200, Frames.Data("""{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}""") + Frames.Done, "text/event-stream")
                : Answers.Of(200, """{"id":"i","object":"chat.completion","model":"m","created":1,"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"a"}}],"usage":{"prompt_tokens":3,"completion_tokens":4}}"""));
        using var client = Clients.ForAll(server);
        using var chat = new ChatClientBuilder(new Adapter(client)).UseOpenTelemetry(sourceName: Above).Build();

        if (isStream)
        {
            await chat.GetStreamingResponseAsync("Hi", cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        }
        else
        {
            await chat.GetResponseAsync("Hi", cancellationToken: cancellationToken);
        }

        Assert.That(recorder.Span.Source.Name, Is.EqualTo(Above));
        Assert.That(recorder.Metrics.Select(metric => metric.MeterName).Distinct(), Is.EqualTo(new[] { Above }));
    }

    [Test]
    public async Task Span_of_another_operation_above_does_not_hide_the_call(CancellationToken cancellationToken)
    {
        using var recorder = new TelemetryRecorder(others: Above);
        await using var server = Calls.Server();
        using var client = Clients.For(server);

        using (var agent = AboveSource.StartActivity("invoke_agent a", ActivityKind.Client)!)
        {
            agent.SetTag("gen_ai.operation.name", "invoke_agent");
            await client.RunAsync(Clients.Request, cancellationToken);
        }

        Assert.That(recorder.Spans.Select(span => span.DisplayName), Is.EqualTo(new[] { "text_completion org/model", "invoke_agent a" }));
    }

    private sealed class Adapter(TogetherAIClient client) : IChatClient
    {
        private static ChatCompletionRequest Request => new() { Model = "m", Messages = [ChatCompletionMessage.FromUser("Hi")] };

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = await client.Chat.CompleteAsync(Request, cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, response.Text));
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var text in client.Chat.StreamTokensAsync(Request, cancellationToken))
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, text);
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
