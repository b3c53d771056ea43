using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>What the callbacks of a client are told of each of its calls.</summary>
[CancelAfter(30_000)]
public sealed class ClientCallbackTests
{
    private readonly List<string> _told = [];

    [SetUp]
    public void Forget() => _told.Clear();

    [Test]
    public async Task Callbacks_of_the_client_are_told_of_every_call([Values] Way way, CancellationToken cancellationToken)
    {
        var isStream = way is Way.Bytes or Way.Objects or Way.Texts;
        var body = way switch { Way.Whole => Answers.RunBody, Way.List => """[{"id":"m"}]""", Way.File => "RIFF", _ => Frames.Text("a") + Frames.Done };
        await using var server = RawServer.Answering(
            Answers.Empty(503),
            Answers.Of(200, body, isStream ? "text/event-stream" : way == Way.File ? "audio/wav" : "application/json"));
        using var client = new TogetherAIClient(Clients.Options(server.Url, Listen));

        await client.CompleteAsync(way, cancellationToken: cancellationToken);

        Assert.That(_told, Is.EqualTo(new[] { "sending 1", "retrying 1 503", "sending 2", "received 2 OK", "completed 2 True" }));
    }

    [Test]
    public async Task Callbacks_of_the_client_are_called_before_those_of_the_call(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Run);
        using var client = new TogetherAIClient(Clients.Options(server.Url, Listen));
        var options = new TogetherAIRequestOptions
        {
            Sending = info => _told.Add($"call: sending {info.Attempts}"),
            Retrying = info => _told.Add($"call: retrying {info.Attempts}"),
            ResponseReceived = info => _told.Add($"call: received {info.Attempts}"),
            Completed = summary => _told.Add($"call: completed {summary.Attempts}"),
        };

        await client.Inference.RunAsync(Clients.Request, options, cancellationToken);

        Assert.That(_told, Is.EqualTo(new[]
        {
            "sending 1", "call: sending 1", "retrying 1 503", "call: retrying 1", "sending 2", "call: sending 2",
            "received 2 OK", "call: received 2", "completed 2 True", "call: completed 2",
        }));
    }

    [Test]
    public async Task Callbacks_name_the_request_without_its_secrets([Values] bool isProvided, CancellationToken cancellationToken)
    {
        var requests = new List<TogetherAIRequestInfo?>();
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Run);
        using var client = new TogetherAIClient(Clients.Options(new Uri(server.Url, $"gateway/{Clients.Key}/?token=hidden-in-the-query"), options =>
        {
            options.ApiKey = isProvided ? null : Clients.Key;
            options.ApiKeyProvider = isProvided ? static _ => new ValueTask<string>(Clients.Key) : null;
            options.MaxRetries = 1;
            options.TimeProvider = new InstantTime();
            options.Sending = requests.Add;
            options.Retrying = info => requests.Add(info.Request);
            options.ResponseReceived = info => requests.Add(info.Request);
            options.Completed = summary => requests.Add(summary.Request);
        }));

        await client.Inference.RunAsync(Clients.Request, cancellationToken: cancellationToken);

        Assert.That(requests.Select(static request => request!.Attempts), Is.EqualTo(new[] { 1, 1, 2, 2, 2 }));
        Assert.That(requests.Select(static request => request!.Method), Is.All.EqualTo(HttpMethod.Post));
        Assert.That(requests.Select(static request => request!.Url), Is.All.EqualTo(new Uri(server.Url, "gateway/***/inference").AbsoluteUri));
    }

    [Test]
    public async Task Callback_of_the_client_is_told_of_a_call_that_never_got_a_response(CancellationToken cancellationToken)
    {
        TogetherAICallSummary? summary = null;
        using var client = new TogetherAIClient(Clients.Options(new Uri("http://127.0.0.1:1"), options => options.Completed = told => summary = told));

        var failure = await Failures.Of<TogetherAIConnectionException>(() => client.Models.ListAsync(cancellationToken: cancellationToken));

        Assert.That(summary!.Failure, Is.SameAs(failure));
        Assert.That(summary.Request!.Url, Is.EqualTo("http://127.0.0.1:1/v1/models"));
    }

    [Test]
    public async Task Callback_that_throws_before_a_request_ends_the_call_with_its_exception(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = new TogetherAIClient(Clients.Options(server.Url, static options => options.Sending = static _ => throw new NotSupportedException("Not now.")));

        await Assert.ThatAsync(() => client.Inference.RunAsync(Clients.Request, cancellationToken: cancellationToken), Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("Not now."));

        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Callbacks_are_those_that_were_set_when_the_client_was_created(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Run);
        var options = Clients.Options(server.Url);
        using var client = new TogetherAIClient(options);
        Listen(options);

        await client.Inference.RunAsync(Clients.Request, cancellationToken: cancellationToken);

        Assert.That(_told, Is.Empty);
    }

    private void Listen(TogetherAIOptions options)
    {
        options.MaxRetries = 1;
        options.TimeProvider = new InstantTime();
        options.Sending = info => _told.Add($"sending {info.Attempts}");
        options.Retrying = info => _told.Add($"retrying {info.Attempts} {(int)info.StatusCode!}");
        options.ResponseReceived = info => _told.Add($"received {info.Attempts} {info.StatusCode}");
        options.Completed = summary => _told.Add($"completed {summary.Attempts} {summary.IsComplete}");
    }
}
