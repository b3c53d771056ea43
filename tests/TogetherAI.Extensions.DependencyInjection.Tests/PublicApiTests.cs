using System.Reflection;
using System.Runtime.Loader;

namespace TogetherAI.DependencyInjection.Tests;

public sealed class PublicApiTests
{
    [TestCase("netstandard2.0")]
    [TestCase("net8.0")]
    [TestCase("net10.0")]
    public void Surface_is_the_committed_listing(string framework)
    {
        var output = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "LibraryOutput").Value!;

        // The context keeps the three assemblies of one name apart.
        var context = new AssemblyLoadContext(framework, isCollectible: true);
        var (committed, actual) = PublicListing.Of(context.LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(output, framework, "TogetherAI.Extensions.DependencyInjection.dll"))), framework);
        context.Unload();

        Assert.That(committed, Is.EqualTo(actual), "Look at the difference, then run: dotnet cake --target=UpdateListing");
    }
}
