using System.Reflection;
using System.Runtime.Loader;
using NUnit.Framework;
using PublicApiGenerator;

namespace TogetherAI.Extensions.AI.Tests.PublicApi;

/// <summary>What users of the package can call, as it is committed, for each framework.</summary>
public sealed class PublicApiTests
{
    [TestCase("netstandard2.0")]
    [TestCase("net8.0")]
    [TestCase("net10.0")]
    public void Surface_is_the_committed_listing(string framework)
    {
        var listing = Path.Combine(Metadata("RepositoryRoot"), "src", "TogetherAI.Extensions.AI", "PublicApi", framework + ".txt");

        var surface = SurfaceOf(framework);

        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API_LISTING") == "true")
        {
            File.WriteAllText(listing, surface);
        }

        Assert.That(File.ReadAllText(listing).ReplaceLineEndings("\n"), Is.EqualTo(surface), "Look at the difference, then run: dotnet cake --target=UpdateListing");
    }

    private static string SurfaceOf(string framework)
    {
        var context = new AssemblyLoadContext(framework, isCollectible: true);
        try
        {
            return context.LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(Metadata("PackageOutput"), framework, "TogetherAI.Extensions.AI.dll")))
                .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        }
        finally
        {
            context.Unload();
        }
    }

    private static string Metadata(string key) => typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
