using System.Reflection;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>What the build of this project knew.</summary>
internal static class BuildFacts
{
    public static string RepositoryRoot { get; } = Fact("RepositoryRoot");

    public static string NSwagPackage { get; } = Fact("NSwagPackage");

    public static string PackagesFolder { get; } = Fact("PackagesFolder");

    private static string Fact(string key)
        => typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == key).Value!;
}
