using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;
using TogetherAI.Soak;

namespace TogetherAI.Cli.Tests.Faults;

/// <summary>The load of the soak program, for a bounded number of calls.</summary>
public sealed class SoakTests
{
    private const int Streams = 60;
    private const int Calls = 120;

    [Test, CancelAfter(120_000)]
    public async Task Load_every_call_ends_as_it_should(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(SoakServer.Options(seed: 5, tokensPerSecond: 40), cancellationToken);
        using var client = SoakLoad.CreateClient(server.Url);
        var load = new SoakLoad(client, await ExpectedTexts.ReadAsync(client, cancellationToken), seed: 5);

        var leaked = await load.RunAsync(Streams, Calls, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(leaked, Is.Zero);
            Assert.That(load.Tally.Lost, Is.Zero, string.Join('\n', load.Tally.Examples));
            Assert.That(load.Tally.Ended, Is.EqualTo(Calls));
            Assert.That(load.Tally.Outcomes.Values.Sum(), Is.EqualTo(Calls));
            Assert.That(load.Tally.Outcomes, Has.Count.GreaterThan(10));
        }

        await Eventually.TrueAsync(() => server.ActiveStreams == 0, cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task Load_notices_texts_that_are_not_the_expected_ones(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(SoakServer.Options(seed: 5, tokensPerSecond: 40), cancellationToken);
        await using var other = await DrivenServer.ListenAsync(cancellationToken);
        using var client = SoakLoad.CreateClient(server.Url);
        var texts = await ExpectedTexts.ReadAsync(client, cancellationToken);
        other.Send(DrivenServer.Token(" wrong"), DrivenServer.Done);
        other.End();
        using var wrong = SoakLoad.CreateClient(new Uri(other.Url));
        var load = new SoakLoad(wrong, texts, seed: 5);

        await load.RunAsync(streams: 1, most: 1, cancellationToken);

        Assert.That(load.Tally.Lost, Is.EqualTo(1));
    }
}
