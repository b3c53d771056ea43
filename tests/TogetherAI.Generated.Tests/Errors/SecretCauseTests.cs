using System.Net.Sockets;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>
/// The causes that an exception carries come from elsewhere, such as a handler of the caller. One that quotes a secret is not
/// carried as it is; one that does not stays the object that was thrown.
/// </summary>
[CancelAfter(60_000)]
public sealed class SecretCauseTests
{
    private static readonly Dictionary<string, Func<string, Exception>> Causes = new()
    {
        ["message"] = secret => new HttpRequestException($"The proxy refused {secret} here."),
        ["long message"] = secret => new HttpRequestException(new string('x', 290) + $" {secret}"),
        ["cause of it"] = secret => new HttpRequestException("The proxy refused.", new IOException($"Bad {secret}.")),
        ["cause of another type"] = secret => new HttpRequestException("The proxy refused.", new InvalidOperationException($"Bad {secret}.")),
        ["one of several causes"] = secret => new HttpRequestException("The proxy refused.", new AggregateException(new IOException("harmless"), new IOException($"Bad {secret}."))),
        ["data"] = secret => new HttpRequestException("The proxy refused.") { Data = { ["url"] = $"http://host/?{secret}" } },
        ["name of data"] = secret => new HttpRequestException("The proxy refused.") { Data = { [secret] = 1 } },
        ["link"] = secret => new HttpRequestException("The proxy refused.") { HelpLink = $"http://host/?{secret}" },
        ["property"] = secret => new ProxyException { Header = $"Bearer {secret}" },
        ["text"] = secret => new TextException(secret),
        ["input or output"] = secret => new IOException($"The pipe of {secret} is broken."),
        ["socket below input or output"] = secret => new IOException($"The pipe of {secret} is broken.", new SocketException((int)SocketError.ConnectionReset)),
        ["cancellation by the handler"] = secret => new TaskCanceledException($"Gave {secret} up.", new TimeoutException($"No answer to {secret}.")),
    };

    [Test]
    public async Task Secret_in_what_a_handler_throws_stands_nowhere(
        [ValueSource(nameof(Names))] string cause, [ValueSource(typeof(Ways), nameof(Ways.All))] Way way)
    {
        foreach (var secret in HiddenSecret.All)
        {
            var exception = await FailureAsync(secret, way, (_, _) => throw Causes[cause](secret.Value));

            Assert.That(Reflected.TextsOf(exception), Has.None.Contains(secret.Telling), $"The secret is the {secret}.");
        }
    }

    [Test]
    public async Task Secret_in_what_a_body_throws_stands_nowhere(
        [ValueSource(nameof(Names))] string cause, [ValueSource(typeof(Ways), nameof(Ways.All))] Way way)
    {
        foreach (var secret in HiddenSecret.All)
        {
            var exception = await FailureAsync(secret, way, (_, _) => Task.FromResult(Body(new FedStream { ReadFailure = Causes[cause](secret.Value) }, way)));

            Assert.That(Reflected.TextsOf(exception), Has.None.Contains(secret.Telling), $"The secret is the {secret}.");
        }
    }

    [Test]
    public async Task Secret_in_what_a_handler_throws_when_the_call_is_cancelled_stands_nowhere([ValueSource(typeof(Ways), nameof(Ways.All))] Way way)
    {
        foreach (var secret in HiddenSecret.All)
        {
            using var cancellation = new CancellationTokenSource();

            var exception = await FailureAsync<OperationCanceledException>(
                secret,
                way,
                (_, _) =>
                {
                    cancellation.Cancel();
                    throw new HttpRequestException($"Gave {secret.Value} up.");
                },
                cancellation.Token);

            Assert.That(exception.CancellationToken, Is.EqualTo(cancellation.Token));
            Assert.That(Reflected.TextsOf(exception), Has.None.Contains(secret.Telling), $"The secret is the {secret}.");
        }
    }

    [Test]
    public async Task Key_that_a_handler_adds_and_repeats_stands_nowhere([ValueSource(typeof(Ways), nameof(Ways.All))] Way way)
    {
        const string Secret = "handler-0123456789";

        var exception = await FailureAsync(HiddenSecret.All[0], way, (request, _) =>
        {
            request.Headers.Add("X-Api-Key", Secret);
            throw new HttpRequestException($"Bad {Secret}.");
        });

        Assert.That(Reflected.TextsOf(exception), Has.None.Contains(Secret));
    }

    [Test]
    public async Task Cause_that_quotes_a_secret_is_masked_and_keeps_its_kind_and_its_own_cause()
    {
        var secret = HiddenSecret.All[0];

        var exception = await FailureAsync(secret, Way.Whole, (_, _) =>
            throw new HttpRequestException($"Bad {secret.Value}.", new IOException("harmless", new SocketException((int)SocketError.ConnectionReset))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.InnerException, Is.TypeOf<HttpRequestException>().With.Message.EqualTo("Bad ***."));
            Assert.That(exception.InnerException!.InnerException, Is.TypeOf<IOException>().With.Message.EqualTo("harmless"));
            Assert.That(exception.InnerException.InnerException!.InnerException, Is.TypeOf<SocketException>());
        }
    }

    [Test]
    public async Task Cause_without_a_secret_is_the_object_that_was_thrown()
    {
        var cause = new ProxyException { Header = "none", Data = { ["attempt"] = 1 } };

        var exception = await FailureAsync(HiddenSecret.All[0], Way.Whole, (_, _) => throw cause);

        Assert.That(exception.InnerException, Is.SameAs(cause));
    }

    private static IEnumerable<string> Names() => Causes.Keys;

    private static HttpResponseMessage Body(Stream body, Way way)
    {
        var content = new StreamContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", way switch { Way.Whole or Way.List => "application/json", Way.File => "audio/wav", _ => "text/event-stream" });
        return new HttpResponseMessage { Content = content };
    }

    private static Task<TogetherAIException> FailureAsync(
        HiddenSecret secret, Way way, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send)
        => FailureAsync<TogetherAIException>(secret, way, send);

    private static async Task<TException> FailureAsync<TException>(
        HiddenSecret secret,
        Way way,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken = default)
        where TException : Exception
    {
        var url = new Uri("http://localhost/");
        using var httpClient = new HttpClient(new Handler(send)) { Timeout = Timeout.InfiniteTimeSpan };
        secret.Prepare(httpClient);
        using var client = new TogetherAIClient(httpClient, Clients.Options(url, secret.Configure));
        var options = new TogetherAIRequestOptions();
        secret.Add(options, url);
        return await Failures.Of<TException>(() => client.CompleteAsync(way, options, cancellationToken));
    }

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => send(request, cancellationToken);
    }

    private sealed class ProxyException() : HttpRequestException("The proxy refused.")
    {
        public string? Header { get; init; }
    }

    private sealed class TextException(string secret) : IOException("The proxy refused.")
    {
        public override string ToString() => $"Bad {secret}.";
    }
}
