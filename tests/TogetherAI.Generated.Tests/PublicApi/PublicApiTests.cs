using System.Reflection;
using System.Runtime.Loader;
using NUnit.Framework;
using PublicApiGenerator;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.PublicApi;

/// <summary>
/// The public surface, generated types included, is committed, so that every change to it is seen in review. Run
/// <c>dotnet cake --target=UpdateListing</c> to write it anew.
/// </summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "UPDATE_PUBLIC_API_LISTING";

    private static readonly ApiGeneratorOptions Options = new()
    {
        // They repeat the XML documentation, or say nothing to a caller.
        ExcludeAttributes =
        [
            typeof(System.ComponentModel.DescriptionAttribute).FullName!,
            typeof(System.Diagnostics.DebuggerBrowsableAttribute).FullName!,
            typeof(Newtonsoft.Json.JsonObjectAttribute).FullName!,
        ],
        IncludeAssemblyAttributes = false,
    };

    [TestCase("netstandard2.0")]
    [TestCase("net8.0")]
    [TestCase("net10.0")]
    public void Surface_is_the_committed_listing(string framework)
    {
        var listing = Repository.PathOf("src", "TogetherAI.Generated", "PublicApi", framework + ".txt");

        var surface = SurfaceOf(framework);

        if (Environment.GetEnvironmentVariable(UpdateVariable) == "true")
        {
            File.WriteAllText(listing, surface);
        }

        Assert.That(File.ReadAllText(listing).ReplaceLineEndings("\n"), Is.EqualTo(surface), "Look at the difference, then run: dotnet cake --target=UpdateListing");
    }

    private static string SurfaceOf(string framework)
    {
        var output = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ClientOutput").Value!;
        var path = Path.GetFullPath(Path.Combine(output, framework, "TogetherAI.Generated.dll"));

        // The generator reads the file's metadata itself; the context only keeps the three assemblies of one name apart.
        var context = new AssemblyLoadContext(framework, isCollectible: true);
        try
        {
            return context.LoadFromAssemblyPath(path).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        }
        finally
        {
            context.Unload();
        }
    }
}
