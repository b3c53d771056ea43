using System.Text.RegularExpressions;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>The C# of README.md, of the documentation and of the page of the package, so that tests compile what readers copy.</summary>
internal static partial class Readme
{
    // The pages whose blocks have names, so that each is compiled as a program.
    private static readonly string[] Pages =
        ["README.md", .. Directory.GetFiles(Path.Combine(BuildFacts.RepositoryRoot, "src", "TogetherAI.Generated", "Documentation"), "*.md")];

    /// <summary>Every block by its name. The same block may stand on several pages.</summary>
    public static IReadOnlyList<(string Name, string Code)> Blocks { get; } =
        [.. Pages.SelectMany(page => Snippet().Matches(TextOf(page))).Select(match => (match.Groups["name"].Value, match.Groups["code"].Value)).Distinct()];

    /// <summary>The blocks of C# that have no name.</summary>
    public static IReadOnlyList<string> OtherBlocks { get; } =
        [.. Pages.SelectMany(page => AnyBlock().Matches(Snippet().Replace(TextOf(page), ""))).Select(static match => match.Groups["code"].Value)];

    /// <summary>The pages of the packages, whose blocks their own tests compile.</summary>
    public static string PackagePages { get; } =
        string.Concat(Directory.GetDirectories(Path.Combine(BuildFacts.RepositoryRoot, "src"), "TogetherAI.Extensions.*").Select(folder => TextOf(Path.Combine(folder, "README.md"))));

    /// <summary>Every block of the page of the package, but for programs that need other packages, which the tests of TogetherAI.Extensions.AI compile.</summary>
    public static IReadOnlyList<string> PackageBlocks { get; } =
        [.. AnyBlock().Matches(TextOf("src/TogetherAI.Generated/README.md")).Select(static match => match.Groups["code"].Value).Where(static block => !block.StartsWith("using OpenTelemetry", StringComparison.Ordinal))];

    private static string TextOf(string page) => File.ReadAllText(Path.Combine(BuildFacts.RepositoryRoot, page)).ReplaceLineEndings("\n");

    public static string Block(string name) => Blocks.Single(block => block.Name == name).Code;

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex AnyBlock();

    [GeneratedRegex("<!-- snippet: (?<name>[a-z-]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
