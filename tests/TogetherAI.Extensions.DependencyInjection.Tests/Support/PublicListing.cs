using System.Reflection;
using PublicApiGenerator;

namespace TogetherAI.Tests.Support;

/// <summary>The public surface of a package, which is committed beside its source, so that every change to it is seen in review.</summary>
internal static class PublicListing
{
    private const string UpdateVariable = "UPDATE_PUBLIC_API_LISTING";

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
