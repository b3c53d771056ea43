using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Program;

/// <summary><c>generator/README.md</c> explains every code that there is, and no other.</summary>
public sealed partial class CodesTests
{
    private static readonly List<string> Codes =
        [.. typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!)];

    [Test]
    public void Readme_lists_cause_and_cure_of_every_code()
    {
        var readme = File.ReadAllText(Path.Combine(BuildFacts.RepositoryRoot, "generator", "README.md"));

        var rows = Row().Matches(readme).Select(static row => row.Groups["code"].Value);

        Assert.That(rows, Is.EqualTo(Codes.Order()));
    }

    [Test]
    public void Code_is_unique() => Assert.That(Codes, Is.Unique.And.All.Match("^TAI[0-9]{4}$"));

    // Code, cause, cure: three cells that say something.
    [GeneratedRegex(@"^\| `(?<code>TAI\d{4})` \| [^|]{10,} \| [^|]{10,} \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
