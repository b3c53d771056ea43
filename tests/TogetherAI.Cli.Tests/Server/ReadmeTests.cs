using TogetherAI.Tests.Support;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>What readers copy from the page of the server's package compiles.</summary>
public sealed class ReadmeTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        """;

    private static string[] Blocks { get; } = PackagePage.BlocksOf("TogetherAI.LocalServer");

    [TestCaseSource(nameof(Blocks))]
    public void Block_of_the_page_compiles(string block)
    {
        var isFile = block.StartsWith("using NUnit", StringComparison.Ordinal);
        var source = Usings + (isFile
            ? $"{block}\npublic static class Program {{ public static void Main() {{ }} }}"
            : $"using TogetherAI;\nusing TogetherAI.LocalServer;\n{block}");

        Assert.That(PackagePage.Compile(source), Is.Empty);
    }

    [Test]
    public void Page_has_blocks_to_compile() => Assert.That(Blocks, Has.Length.GreaterThan(2));
}
