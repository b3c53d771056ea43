using System.Reflection;
using NUnit.Framework;

namespace TogetherAI.Extensions.AI.Tests.PublicApi;

/// <summary>What users of the package can call, as it is committed, for each framework.</summary>
public sealed class PublicApiTests
{
    [TestCase("netstandard2.0")]
    [TestCase("net8.0")]
    [TestCase("net10.0")]
    public void Surface_is_the_committed_listing(string framework)
    {
        var output = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "PackageOutput").Value!;

        var (committed, actual) = PublicListing.Of(output, "TogetherAI.Extensions.AI", framework);

        Assert.That(committed, Is.EqualTo(actual), "Look at the difference, then run: dotnet cake --target=UpdateListing");
    }
}
