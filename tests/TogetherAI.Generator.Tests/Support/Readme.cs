using System.Text.RegularExpressions;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>The C# of README.md and of the page of the package, so that tests compile what readers copy.</summary>
internal static partial class Readme
{
    /// <summary>Every block by its name, in the order of the page.</summary>
    public static IReadOnlyList<(string Name, string Code)> Blocks { get; } =
        [.. Snippet().Matches(Text).Select(match => (match.Groups["name"].Value, match.Groups["code"].Value))];

    /// <summary>How many blocks of C# there are, with or without a name.</summary>
    public static int BlockCount { get; } = Text.Split("```csharp").Length - 1;

    /// <summary>Every block of the page of the package.</summary>
    public static IReadOnlyList<string> PackageBlocks { get; } =
        [.. AnyBlock().Matches(TextOf("src/TogetherAI.Generated/README.md")).Select(static match => match.Groups["code"].Value)];

    private static string Text => TextOf("README.md");

    private static string TextOf(string page) => File.ReadAllText(Path.Combine(BuildFacts.RepositoryRoot, page)).ReplaceLineEndings("\n");

    public static string Block(string name) => Blocks.Single(block => block.Name == name).Code;

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex AnyBlock();

    [GeneratedRegex("<!-- snippet: (?<name>[a-z-]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
