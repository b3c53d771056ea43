using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>
/// What starts something is sent again only where the server surely did not act on it: what two videos cost is paid twice.
/// </summary>
[CancelAfter(30_000)]
public sealed class IdempotenceTests
{
    private const string Job = """{"id":"v-1","object":"video","model":"m","status":"queued","created_at":1}""";

    private static VideoRequest Video => new() { Model = "m", Prompt = "p" };

    private static ModelUploadRequest Model => new() { ModelName = "m", ModelSource = "org/m" };

    private static Dictionary<string, Func<TogetherAIClient, Task>> Starts { get; } = new()
    {
        ["video"] = client => client.Videos.CreateAsync(Video),
        ["model"] = client => client.Models.UploadAsync(Model),
        ["run that answers with a job"] = client => IgnoreResponse(client.Inference.RunAsync(new InferenceRequest { Model = "m", Prompt = "p", Async = true })),
        ["run that asks for a job by an additional property"] = client => IgnoreResponse(client.Inference.RunAsync(new InferenceRequest { Model = "m", Prompt = "p", AdditionalProperties = { ["async"] = true } })),
        ["stream that answers with a job"] = client => IgnoreResponse(client.Inference.StreamTokensAsync(new InferenceRequest { Model = "m", Prompt = "p", Async = true }).ToListAsync().AsTask()),
    };

    private static IEnumerable<string> Names => Starts.Keys;

    [Test]
    public async Task Start_after_which_it_is_open_whether_the_server_acted_is_not_sent_again(
        [ValueSource(nameof(Names))] string start, [Values(408, 409, 500, 502, 504, 520, 521, 524, 529)] int status)
    {
        await using var server = RawServer.Answering(Answers.Of(status, "{\"error\":\"no\"}", headers: "Retry-After: 1\r\n"));
        using var client = ClientOf(server.Url);

        var exception = await Failures.Of<TogetherAIException>(() => Starts[start](client));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Requests, Has.Count.EqualTo(1));
            Assert.That(exception.Attempts, Is.EqualTo(1));
            Assert.That(exception.Message, Does.Contain("may nevertheless have acted"));
        }
    }

    [Test]
    public async Task Start_that_the_server_refused_is_sent_again([ValueSource(nameof(Names))] string start, [Values(429, 503)] int status)
    {
        await using var server = RawServer.Answering(Answers.Of(status, "{\"error\":\"busy\"}"), Answers.Of(200, Job));
        using var client = ClientOf(server.Url);

        await Starts[start](client);

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Start_of_which_the_server_says_that_it_may_be_sent_again_is_sent_again([ValueSource(nameof(Names))] string start)
    {
        await using var server = RawServer.Answering(Answers.Empty(500, "x-should-retry: true\r\n"), Answers.Of(200, Job));
        using var client = ClientOf(server.Url);

        await Starts[start](client);

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Start_whose_connection_breaks_after_it_was_sent_is_not_sent_again(
        [ValueSource(nameof(Names))] string start, [Values] bool reset, [Values] bool hasBegun)
    {
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            if (hasBegun)
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-", stop);
            }

            if (reset)
            {
                connection.Reset();
            }

            connection.Dispose();
        });
        using var client = ClientOf(server.Url);

        var exception = await Failures.Of<TogetherAIConnectionException>(() => Starts[start](client));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Requests, Has.Count.EqualTo(1));
            Assert.That(exception.Message, Does.Contain("may nevertheless have acted"));
        }
    }

    [Test]
    public async Task Start_that_found_no_connection_is_sent_again([ValueSource(nameof(Names))] string start)
    {
        using var client = ClientOf(new Uri($"http://localhost:{ConnectionTests.ClosedPort()}/"));

        var exception = await Failures.Of<TogetherAIConnectionException>(() => Starts[start](client));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Attempts, Is.EqualTo(3));
            Assert.That(exception.Message, Does.Not.Contain("may nevertheless have acted"));
        }
    }

    [Test]
    public async Task Start_by_a_handler_that_gives_up_is_not_sent_again([ValueSource(nameof(Names))] string start)
    {
        var failures = new Exception[]
        {
            new HttpRequestException("broken"),
            new IOException("broken"),
            new TaskCanceledException("gave up", new TimeoutException("no answer")),
        };
        foreach (var failure in failures)
        {
            using var handler = new FailingHandler(failure);
            using var httpClient = new HttpClient(handler);
            using var client = new TogetherAIClient(httpClient, Options(new Uri("http://localhost/")));

            await Failures.Of<TogetherAIException>(() => Starts[start](client));

            Assert.That(handler.Count, Is.EqualTo(1), failure.GetType().Name);
        }
    }

    [Test]
    public async Task Run_that_starts_no_job_is_sent_again([Values] bool isSet)
    {
        await using var server = RawServer.Answering(Answers.Empty(500), Answers.Run);
        using var client = ClientOf(server.Url);

        await client.Inference.RunAsync(new InferenceRequest { Model = "m", Prompt = "p", Async = isSet ? false : null });

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Question_about_a_job_is_asked_again([Values(409, 500, 502, 504)] int status)
    {
        await using var server = RawServer.Answering(Answers.Empty(status), Answers.Of(200, Job));
        using var client = ClientOf(server.Url);

        await client.Videos.RetrieveAsync("v-1");

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    // That a job was started is all that these tests look at.
    private static async Task IgnoreResponse(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception) when (exception is TogetherAIInvalidResponseException or TogetherAIStreamException { Failure: TogetherAIStreamFailure.NotAnEventStream })
        {
        }
    }

    private static TogetherAIClient ClientOf(Uri url) => new(Options(url));

    private static TogetherAIOptions Options(Uri url) => Clients.Options(url, options =>
    {
        options.MaxRetries = 2;
        options.TimeProvider = new InstantTime();
    });

    private sealed class FailingHandler(Exception failure) : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            throw failure;
        }
    }
}
