using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Conventions;

/// <summary>The pages of the repository, by their paths from its root.</summary>
internal static class RepositoryPages
{
    private static readonly string[] Built = ["bin", "obj", "artifacts", "BenchmarkDotNet.Artifacts", ".git"];

    public static IEnumerable<string> All { get; } =
        [.. Find(new DirectoryInfo(Repository.PathOf("."))).Select(static page => Path.GetRelativePath(Repository.PathOf("."), page.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static IEnumerable<FileInfo> Find(DirectoryInfo folder)
        => folder.EnumerateFiles("*.md")
            .Concat(folder.EnumerateDirectories().Where(static child => !Built.Contains(child.Name)).SelectMany(Find));
}
