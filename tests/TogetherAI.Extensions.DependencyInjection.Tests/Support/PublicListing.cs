using System.Reflection;
using System.Runtime.Loader;
using PublicApiGenerator;

namespace TogetherAI.Tests.Support;

/// <summary>The public surface of a package, which is committed beside its source, so that every change to it is seen in review.</summary>
internal static class PublicListing
{
    private const string UpdateVariable = "UPDATE_PUBLIC_API_LISTING";

    /// <summary>The surface of the build for one framework, as it was committed and as it is; see the overload.</summary>
    /// <param name="output">The folder that has a folder for each framework.</param>
    /// <param name="name">The name of the assembly.</param>
    /// <param name="framework">The framework.</param>
    public static (string Committed, string Actual) Of(string output, string name, string framework)
    {
        // The context keeps the assemblies of one name apart.
        var context = new AssemblyLoadContext(framework, isCollectible: true);
        try
        {
            return Of(context.LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(output, framework, name + ".dll"))), framework);
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>The surface as it was committed, and as it is; the first is written anew if the environment says so.</summary>
    public static (string Committed, string Actual) Of(Assembly assembly, string framework)
    {
        var listing = Path.Combine(PackagePage.RepositoryRoot, "src", assembly.GetName().Name!, "PublicApi", framework + ".txt");
        var surface = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] }).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "true")
        {
            File.WriteAllText(listing, surface);
        }

        return (File.Exists(listing) ? File.ReadAllText(listing).ReplaceLineEndings("\n") : "", surface);
    }
}
