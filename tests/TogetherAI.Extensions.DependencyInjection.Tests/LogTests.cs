using Microsoft.Extensions.Logging;
using TogetherAI.DependencyInjection.Tests.Support;

namespace TogetherAI.DependencyInjection.Tests;

/// <summary>What is logged of calls, and what never is.</summary>
[CancelAfter(30_000)]
public sealed class LogTests
{
    private const string Delta = """{"choices":[{"index":0,"delta":{"content":"private words"}}]}""";
    private const string Last = """{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}""";

    [Test]
    public async Task Call_logs_its_requests_and_responses_for_debugging_and_its_end_as_information(CancellationToken cancellationToken)
    {
        var log = new LogCapture();
        await using var server = RawServer.Answering(Answers.Run);
        await using var provider = Services.Build(services => services.AddTogetherAI(Services.At(server.Url)), log);

        await provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        var url = new Uri(server.Url, "inference").AbsoluteUri;
        Assert.That(log.OfClients.Select(static entry => (entry.Category, entry.Level, entry.Event.Id, entry.Event.Name)), Is.EqualTo(new[]
        {
            ("TogetherAI", LogLevel.Debug, 1, "RequestSending"),
            ("TogetherAI", LogLevel.Debug, 2, "ResponseReceived"),
            ("TogetherAI", LogLevel.Information, 4, "CallCompleted"),
        }));
        Assert.That(log.OfClients.Select(static entry => entry.Text), Has.One.EqualTo($"Sending POST {url} (attempt 1).").And.One.EqualTo($"Received status 200 for POST {url} (attempt 1).").And.One.StartsWith($"POST {url} succeeded with status 200 after "));
    }

    [Test]
    public async Task Retry_logs_its_reason_and_delay_as_a_warning(CancellationToken cancellationToken)
    {
        var log = new LogCapture();
        await using var server = RawServer.Answering(Answers.Empty(503, "Retry-After: 2\r\n"), Answers.Run);
        await using var provider = Services.Build(services => services.AddTogetherAI(Services.At(server.Url, retries: 1)), log);

        await provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        var retry = log.OfClients.Single(static entry => entry.Level == LogLevel.Warning);
        Assert.That((retry.Event.Name, retry.Text), Is.EqualTo(("Retrying", $"Retrying POST {new Uri(server.Url, "inference")} in 2000 ms: attempt 1 ended with status 503.")));
    }

    [Test]
    public async Task Retry_without_a_response_logs_the_kind_of_its_failure(CancellationToken cancellationToken)
    {
        var log = new LogCapture();
        await using var provider = Services.Build(services => services.AddTogetherAI(Services.At(new Uri("http://127.0.0.1:1"), retries: 1)), log);

        await Assert.ThatAsync(() => provider.GetRequiredService<ITogetherAIModelsClient>().ListAsync(cancellationToken), Throws.TypeOf<TogetherAIConnectionException>());

        Assert.That(log.OfClients.Where(static entry => entry.Level == LogLevel.Warning).Select(static entry => entry.Text), Has.One.Contains("attempt 1 ended with HttpRequestException.").And.One.Contains("failed after").And.Exactly(2).Items);
    }

    [Test]
    public async Task Stream_logs_how_it_ended(
        [Values("completed", "left", "cut", "canceled")] string end,
        [Values] bool isTokens,
        CancellationToken cancellationToken)
    {
        var log = new LogCapture();
        await using var server = end switch
        {
            "completed" => RawServer.Streaming(Frames.Data(Delta), Frames.Data(Last), Frames.Done),
            "cut" => RawServer.Streaming(Frames.Data(Delta)),
            _ => RawServer.StreamingThenSilent(Frames.Data(Delta)),
        };
        await using var provider = Services.Build(services => services.AddTogetherAI(Services.At(server.Url)), log);
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        await ReadAsync(provider.GetRequiredService<ITogetherAIChatClient>(), end, isTokens, canceling);

        var entry = log.OfClients.Last();
        Assert.That((entry.Level, entry.Event.Name), Is.EqualTo(end switch
        {
            "completed" => (LogLevel.Information, "StreamCompleted"),
            "left" => (LogLevel.Information, "StreamLeft"),
            "canceled" => (LogLevel.Information, "CallCanceled"),
            _ => (LogLevel.Warning, "CallFailed"),
        }));
        Assert.That(entry.Text, Does.Contain(end switch
        {
            "completed" => "events: 2, bytes: ",
            "cut" => "TogetherAIStreamException (",
            _ => "events: 1",
        }));
        Assert.That(log.All.Select(static logged => logged.Text), Has.None.Contains("private words").And.None.Contains(Services.Key));
    }

    [Test]
    public async Task Failure_logs_its_kind_status_and_request_ID_but_not_what_the_server_wrote(CancellationToken cancellationToken)
    {
        var log = new LogCapture();
        await using var server = RawServer.Answering(Answers.Of(400, """{"error":{"message":"Cannot process: private words","type":"invalid_request_error"}}""", headers: "x-request-id: id-1\r\n"));
        await using var provider = Services.Build(services => services.AddTogetherAI(Services.At(server.Url)), log);

        await Assert.ThatAsync(() => provider.GetRequiredService<ITogetherAIChatClient>().CompleteAsync(Services.Chat, cancellationToken), Throws.TypeOf<TogetherAIInvalidRequestException>());

        var entry = log.OfClients.Last();
        Assert.That((entry.Level, entry.Event.Name), Is.EqualTo((LogLevel.Warning, "CallFailed")));
        Assert.That(entry.Text, Does.Contain("TogetherAIInvalidRequestException (status 400)").And.Contain("request ID: id-1"));
        Assert.That(log.All.Select(static logged => logged.Text), Has.None.Contains("private words"));
    }

    [Test]
    public async Task No_log_has_a_secret_or_content(CancellationToken cancellationToken)
    {
        var log = new LogCapture();
        await using var server = RawServer.Answering(
            Answers.Empty(503),
            Answers.Of(200, """{"choices":[{"index":0,"message":{"role":"assistant","content":"private words"}}]}""", headers: $"x-echo: {Services.Key}\r\n"));
        await using var provider = Services.Build(
            services => services.AddTogetherAI(options =>
            {
                Services.At(new Uri(server.Url, $"gateway/{Services.Key}/?token=secret-of-the-query"), retries: 1)(options);
                options.Headers["X-Token"] = "secret-of-the-header";
            }),
            log);

        await provider.GetRequiredService<ITogetherAIChatClient>().CompleteAsync(Services.Chat, cancellationToken);

        var texts = log.All.Select(static entry => entry.Text).ToList();
        Assert.That(texts, Has.Count.GreaterThan(4).And.None.Contains(Services.Key).And.None.Contains("secret-of-the").And.None.Contains("private words"));
        Assert.That(texts, Has.Exactly(2).StartsWith($"Sending POST {server.Url}gateway/***/v1/chat/completions (attempt "));
    }

    [Test]
    public async Task Keyed_client_logs_under_a_category_of_its_own(CancellationToken cancellationToken)
    {
        var log = new LogCapture();
        await using var server = RawServer.Answering(Answers.Run);
        await using var provider = Services.Build(services => services.AddKeyedTogetherAI("eu", Services.At(server.Url)), log);

        await provider.GetRequiredKeyedService<ITogetherAIInferenceClient>("eu").RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That(log.OfClients.Select(static entry => entry.Category), Is.All.EqualTo("TogetherAI.eu"));
    }

    [Test]
    public async Task Callbacks_of_the_options_are_called_beside_the_log(CancellationToken cancellationToken)
    {
        var log = new LogCapture();
        var attempts = 0;
        await using var server = RawServer.Answering(Answers.Run);
        await using var provider = Services.Build(
            services =>
            {
                services.AddTogetherAI(Services.At(server.Url));
                services.Configure<TogetherAIOptions>(options => options.Completed = summary => attempts = summary.Attempts);
            },
            log);

        await provider.GetRequiredService<ITogetherAIInferenceClient>().RunAsync(new InferenceRequest("m", "p"), cancellationToken);

        Assert.That(attempts, Is.EqualTo(1));
        Assert.That(log.OfClients, Has.Exactly(3).Items);
    }

    private static async Task ReadAsync(ITogetherAIChatClient chat, string end, bool isTokens, CancellationTokenSource canceling)
    {
        var stream = isTokens ? chat.StreamTokensAsync(Services.Chat, canceling.Token) : chat.StreamAsync(Services.Chat, canceling.Token).Select(static chunk => chunk.Id ?? "");
        try
        {
            await foreach (var _ in stream)
            {
                if (end == "left")
                {
                    break;
                }

                if (end == "canceled")
                {
                    await canceling.CancelAsync();
                }
            }
        }
        catch (Exception exception) when (end == "canceled" ? exception is OperationCanceledException : end == "cut" && exception is TogetherAIStreamException)
        {
        }
    }
}
