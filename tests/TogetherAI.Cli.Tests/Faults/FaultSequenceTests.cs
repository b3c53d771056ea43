using System.Net;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Faults;

/// <summary>Which request meets which fault.</summary>
public sealed class FaultSequenceTests
{
    private const int Requests = 60;
    private const string Body = """{"model":"m","prompt":"Write 2 words"}""";

    [Test, CancelAfter(60_000)]
    public async Task Rates_strike_the_same_requests_for_the_same_seed_only(CancellationToken cancellationToken)
    {
        var first = await StatusesAsync(WithRate(seed: 7), cancellationToken);
        var again = await StatusesAsync(WithRate(seed: 7), cancellationToken);
        var other = await StatusesAsync(WithRate(seed: 8), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(other, Is.Not.EqualTo(first));
            Assert.That(first.Distinct(), Is.EquivalentTo(new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
            Assert.That(first.Count(status => status == HttpStatusCode.ServiceUnavailable), Is.InRange(Requests / 6, Requests / 2));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task RateLimit_comes_in_bursts(CancellationToken cancellationToken)
    {
        var faults = new TogetherAILocalServerFaults { Seed = 3, RateLimitBurst = 4, Rates = { [TogetherAILocalServerFault.RateLimit] = 0.1 } };

        var statuses = await StatusesAsync(faults, cancellationToken);

        var refusals = string.Concat(statuses.Select(status => status == HttpStatusCode.OK ? ' ' : 'x'));
        var bursts = refusals.TrimEnd('x').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bursts, Is.Not.Empty);
            // One burst may follow another at once.
            Assert.That(bursts.Select(burst => burst.Length % 4), Is.All.Zero);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Rate_of_1_strikes_every_request_but_those_that_ask_for_none(CancellationToken cancellationToken)
    {
        var faults = new TogetherAILocalServerFaults { Rates = { [TogetherAILocalServerFault.ServerError] = 1 } };
        await using var server = await StartAsync(faults, cancellationToken);

        using var struck = await PlainHttp.PostAsync(server, Body, cancellationToken);
        using var spared = await PostAsync(server, TogetherAILocalServerFaultNames.None, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(struck.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(spared.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Server_without_the_option_knows_no_faults(CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(null, cancellationToken);

        using var response = await PostAsync(server, "server-error", cancellationToken);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(-0.1, 0), TestCase(1.1, 0), TestCase(double.NaN, 0), TestCase(0.6, 0.6)]
    public async Task Start_with_rates_out_of_bounds_fails(double reset, double stall)
    {
        var faults = new TogetherAILocalServerFaults
        {
            Rates = { [TogetherAILocalServerFault.Reset] = reset, [TogetherAILocalServerFault.Stall] = stall },
        };

        await Assert.ThatAsync(() => StartAsync(faults, CancellationToken.None), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static TogetherAILocalServerFaults WithRate(long seed)
        => new() { Seed = seed, Rates = { [TogetherAILocalServerFault.ServerError] = 0.3 } };

    private static Task<TogetherAILocalServer> StartAsync(TogetherAILocalServerFaults? faults, CancellationToken cancellationToken)
        => TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0, Faults = faults }, cancellationToken);

    private static async Task<List<HttpStatusCode>> StatusesAsync(TogetherAILocalServerFaults faults, CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(faults, cancellationToken);
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < Requests; request++)
        {
            using var response = await PlainHttp.PostAsync(server, Body, cancellationToken);
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }

    private static Task<HttpResponseMessage> PostAsync(TogetherAILocalServer server, string fault, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "inference"))
        {
            Content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(TogetherAILocalServerFaultNames.Header, fault);
        return PlainHttp.Client.SendAsync(request, cancellationToken);
    }
}
