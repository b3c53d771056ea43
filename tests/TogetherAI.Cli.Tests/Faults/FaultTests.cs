using System.Net;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework.Constraints;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Faults;

/// <summary>Each fault over real HTTP, through the client.</summary>
public sealed class FaultTests
{
    private const int MaxEventBytes = 32 * 1024;

    private static readonly InferenceRequest Request = new() { Model = "org/model", Prompt = "Write 20 words" };

    private TogetherAILocalServer _server = null!;
    private TogetherAIInferenceClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions
        {
            TokensPerSecond = 0,
            Faults = new TogetherAILocalServerFaults
            {
                StallTime = TimeSpan.FromHours(1),
                ByteInterval = TimeSpan.Zero,
                OversizedEventBytes = 4 * MaxEventBytes,
                RateLimitReset = TimeSpan.FromSeconds(6.5),
            },
        });
        _client = new TogetherAIInferenceClient(
            new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "k", MaxRetries = 0, MaxEventBytes = MaxEventBytes });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase(TogetherAILocalServerFault.Reset, TogetherAIStreamFailure.ConnectionLost)]
    [TestCase(TogetherAILocalServerFault.Truncation, TogetherAIStreamFailure.Incomplete)]
    [TestCase(TogetherAILocalServerFault.Garbage, TogetherAIStreamFailure.MalformedEvent)]
    [TestCase(TogetherAILocalServerFault.ErrorEvent, TogetherAIStreamFailure.ServerError)]
    [TestCase(TogetherAILocalServerFault.OversizedEvent, TogetherAIStreamFailure.EventTooLarge)]
    [CancelAfter(30_000)]
    public async Task Fault_inside_a_stream_is_its_exception_after_the_tokens_before_it(
        TogetherAILocalServerFault fault, TogetherAIStreamFailure failure, CancellationToken cancellationToken)
    {
        var whole = await TextAsync(cancellationToken);
        var tokens = new List<string>();

        await Assert.ThatAsync(
            () => ReadAsync(tokens, Chosen(fault), cancellationToken),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(failure)
                .And.Property("EventsReceived").InRange(1, 8));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tokens, Has.Count.InRange(1, 8));
            Assert.That(whole, Does.StartWith(string.Concat(tokens)));
        }

        await Eventually.TrueAsync(() => _server.ActiveStreams == 0, cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task Stall_is_a_timeout_and_the_server_gives_the_stream_up(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "k", TimeProvider = time });
        var tokens = new List<string>();

        var reading = ReadAsync(client, tokens, Chosen(TogetherAILocalServerFault.Stall), cancellationToken);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return reading.IsCompleted;
            },
            cancellationToken);

        await Assert.ThatAsync(
            () => reading,
            Throws.TypeOf<TogetherAITimeoutException>().With.Property("Phase").EqualTo(TogetherAITimeoutPhase.StreamSilence)
                .And.Property("EventsReceived").EqualTo(tokens.Count));
        await Eventually.TrueAsync(() => _server.ActiveStreams == 0, cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task Stall_that_ends_leaves_the_stream_whole(CancellationToken cancellationToken)
    {
        var whole = await TextAsync(cancellationToken);
        await using var server = await TogetherAILocalServer.StartAsync(
            new TogetherAILocalServerOptions
            {
                TokensPerSecond = 0,
                Faults = new TogetherAILocalServerFaults { StallTime = TimeSpan.Zero, Rates = { [TogetherAILocalServerFault.Stall] = 1 } },
            },
            cancellationToken);
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "k" });

        var tokens = await client.StreamTokensAsync(Request, cancellationToken: cancellationToken).ToListAsync(cancellationToken);

        Assert.That(string.Concat(tokens), Is.EqualTo(whole));
    }

    [Test, CancelAfter(30_000)]
    public async Task SlowBytes_give_the_whole_text(CancellationToken cancellationToken)
    {
        var tokens = new List<string>();

        await ReadAsync(tokens, Chosen(TogetherAILocalServerFault.SlowBytes), cancellationToken);

        Assert.That(string.Concat(tokens), Is.EqualTo(await TextAsync(cancellationToken)));
    }

    [Test, CancelAfter(30_000)]
    public async Task OversizedEvent_has_nothing_in_it_for_a_client_that_takes_it(CancellationToken cancellationToken)
    {
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "k" });
        var tokens = new List<string>();

        await ReadAsync(client, tokens, Chosen(TogetherAILocalServerFault.OversizedEvent), cancellationToken);

        Assert.That(string.Concat(tokens), Is.EqualTo(await TextAsync(cancellationToken)));
    }

    [Test, CancelAfter(30_000)]
    public async Task RateLimit_refuses_with_the_headers_of_a_rate_limit(CancellationToken cancellationToken)
    {
        await Assert.ThatAsync(
            () => _client.RunAsync(Request, Chosen(TogetherAILocalServerFault.RateLimit), cancellationToken),
            Throws.TypeOf<TogetherAIRateLimitException>()
                .With.Property("RetryAfter").EqualTo(TimeSpan.FromSeconds(7))
                .And.Property("RateLimit").Property("RequestsRemaining").EqualTo(0)
                .And.Property("ErrorType").EqualTo("rate_limit"));
    }

    [Test, CancelAfter(30_000)]
    public async Task ServerError_refuses_with_503(CancellationToken cancellationToken)
    {
        await Assert.ThatAsync(
            () => ReadAsync([], Chosen(TogetherAILocalServerFault.ServerError), cancellationToken),
            Throws.TypeOf<TogetherAIServerException>().With.Property("StatusCode").EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [TestCase(TogetherAILocalServerFault.Authentication, typeof(TogetherAIAuthenticationException), HttpStatusCode.Unauthorized, "invalid_api_key")]
    [TestCase(TogetherAILocalServerFault.Billing, typeof(TogetherAIBillingException), HttpStatusCode.PaymentRequired, null)]
    [TestCase(TogetherAILocalServerFault.Permission, typeof(TogetherAIPermissionException), HttpStatusCode.Forbidden, null)]
    [TestCase(TogetherAILocalServerFault.NotFound, typeof(TogetherAINotFoundException), HttpStatusCode.NotFound, "model_not_available")]
    [CancelAfter(30_000)]
    public async Task Refusal_is_its_exception_whole_or_as_a_stream(
        TogetherAILocalServerFault fault, Type exception, HttpStatusCode status, string? code, CancellationToken cancellationToken)
    {
        await Assert.ThatAsync(() => _client.RunAsync(Request, Chosen(fault), cancellationToken), Expected());
        await Assert.ThatAsync(() => ReadAsync([], Chosen(fault), cancellationToken), Expected());

        IResolveConstraint Expected()
            => Throws.TypeOf(exception).With.Property("StatusCode").EqualTo(status).And.Property("ErrorCode").EqualTo(code);
    }

    [Test, CancelAfter(30_000)]
    public async Task Fault_of_streams_leaves_a_whole_response_alone(CancellationToken cancellationToken)
    {
        var response = await _client.RunAsync(Request, Chosen(TogetherAILocalServerFault.Reset), cancellationToken);

        Assert.That($" {response.Output.Choices![0].Text}</s>", Is.EqualTo(await TextAsync(cancellationToken)));
    }

    [Test, CancelAfter(30_000)]
    public async Task Header_that_names_no_fault_is_an_invalid_request(CancellationToken cancellationToken)
    {
        var options = new TogetherAIRequestOptions { Headers = { [TogetherAILocalServerFaultNames.Header] = "nonsense" } };

        await Assert.ThatAsync(
            () => _client.RunAsync(Request, options, cancellationToken),
            Throws.TypeOf<TogetherAIInvalidRequestException>().With.Message.Contains("slow-bytes"));
    }

    private static TogetherAIRequestOptions Chosen(TogetherAILocalServerFault fault)
        => new() { Headers = { [TogetherAILocalServerFaultNames.Header] = TogetherAILocalServerFaultNames.Of(fault) } };

    private Task ReadAsync(List<string> tokens, TogetherAIRequestOptions options, CancellationToken cancellationToken)
        => ReadAsync(_client, tokens, options, cancellationToken);

    private static async Task ReadAsync(
        TogetherAIInferenceClient client, List<string> tokens, TogetherAIRequestOptions options, CancellationToken cancellationToken)
    {
        await foreach (var token in client.StreamTokensAsync(Request, options, cancellationToken))
        {
            tokens.Add(token);
        }
    }

    private async Task<string> TextAsync(CancellationToken cancellationToken)
        => string.Concat(await _client.StreamTokensAsync(Request, cancellationToken: cancellationToken).ToListAsync(cancellationToken));
}
