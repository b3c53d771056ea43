using TogetherAI.LocalServer;
using TogetherAI.Tests.Support;

namespace TogetherAI.Cli.Tests.Server;

public sealed class PublicApiTests
{
    [Test]
    public void Surface_of_the_server_is_the_committed_listing()
    {
        var (committed, actual) = PublicListing.Of(typeof(TogetherAILocalServer).Assembly, "net10.0");

        Assert.That(committed, Is.EqualTo(actual), "Look at the difference, then run: dotnet cake --target=UpdateListing");
    }
}
