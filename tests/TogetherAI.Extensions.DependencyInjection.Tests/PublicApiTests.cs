using System.Reflection;

namespace TogetherAI.DependencyInjection.Tests;

public sealed class PublicApiTests
{
    [TestCase("netstandard2.0")]
    [TestCase("net8.0")]
    [TestCase("net10.0")]
    public void Surface_is_the_committed_listing(string framework)
    {
        var output = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "LibraryOutput").Value!;

        var (committed, actual) = PublicListing.Of(output, "TogetherAI.Extensions.DependencyInjection", framework);

        Assert.That(committed, Is.EqualTo(actual), "Look at the difference, then run: dotnet cake --target=UpdateListing");
    }
}
