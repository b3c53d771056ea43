using System.Reflection;
using System.Runtime.Loader;
using PublicApiGenerator;

namespace TogetherAI.DependencyInjection.Tests;

/// <summary>The public surface is committed, so that every change to it is seen in review.</summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "UPDATE_PUBLIC_API_LISTING";

    [TestCase("netstandard2.0")]
    [TestCase("net8.0")]
    [TestCase("net10.0")]
    public void Surface_is_the_committed_listing(string framework)
    {
        var listing = Path.Combine(Fact("RepositoryRoot"), "src", "TogetherAI.Extensions.DependencyInjection", "PublicApi", framework + ".txt");
        var context = new AssemblyLoadContext(framework, isCollectible: true);

        var surface = context.LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(Fact("LibraryOutput"), framework, "TogetherAI.Extensions.DependencyInjection.dll")))
            .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] })
            .ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        context.Unload();

        if (Environment.GetEnvironmentVariable(UpdateVariable) == "true")
        {
            File.WriteAllText(listing, surface);
        }

        Assert.That(File.ReadAllText(listing).ReplaceLineEndings("\n"), Is.EqualTo(surface), "Look at the difference, then run: dotnet cake --target=UpdateListing");
    }

    private static string Fact(string key)
        => typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
