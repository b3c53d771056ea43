using System.Text.RegularExpressions;
using NUnit.Framework;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Conventions;

/// <summary>The texts beside the code, as their readers find them.</summary>
public sealed partial class RepositoryTextTests
{
    // Where a package is shown, there are no files beside its page.
    [TestCase("TogetherAI.Generated")]
    [TestCase("TogetherAI.Extensions.AI")]
    [TestCase("TogetherAI.Cli")]
    [TestCase("TogetherAI.Extensions.DependencyInjection")]
    [TestCase("TogetherAI.LocalServer")]
    public void Readme_of_a_package_links_to_whole_addresses_only(string package)
    {
        var text = File.ReadAllText(Repository.PathOf("src", package, "README.md"));

        Assert.That(Link().Matches(text).Select(match => match.Groups["address"].Value), Is.Not.Empty.And.All.StartsWith("https://"));
    }

    [TestCaseSource(typeof(RepositoryPages), nameof(RepositoryPages.All))]
    public void Link_to_a_file_of_the_repository_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;

        var faults = from link in Link().Matches(File.ReadAllText(Repository.PathOf(page)))
                     let address = link.Groups["address"].Value.Split('#')[0]
                     where address.Length > 0 && !address.Contains("://", StringComparison.Ordinal)
                     where !Path.Exists(Path.Combine(folder, address))
                     select address;

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Readme_is_short_enough_to_be_read()
        => Assert.That(File.ReadLines(Repository.PathOf("README.md")).Count(), Is.LessThan(400));

    [Test]
    public void Table_of_failures_speaks_in_sentences_and_not_in_codes()
        => Assert.That(File.ReadLines(Repository.PathOf("CONTRIBUTING.md")), Has.None.Match("^\\| [A-Z][0-9]+ "));

    [TestCase("README.md")]
    [TestCase("src/TogetherAI.Generated/README.md")]
    public void Readme_says_until_when_dotnet_8_was_supported(string page)
        => Assert.That(File.ReadAllText(Repository.PathOf(page)), Does.Contain("2026-11-10"));

    [GeneratedRegex(@"\]\((?<address>[^)\s]+)\)")]
    private static partial Regex Link();
}
