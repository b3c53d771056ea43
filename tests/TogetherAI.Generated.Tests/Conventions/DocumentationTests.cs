using System.Reflection;
using System.Xml.Linq;
using NUnit.Framework;

namespace TogetherAI.Tests.Conventions;

/// <summary>What the package's XML file says; the compiler does not check the generated half of it.</summary>
public sealed class DocumentationTests
{
    private static readonly Dictionary<string, XElement> Entries =
        XDocument.Load(Path.ChangeExtension(PublicSurface.Assembly.Location, ".xml"))
            .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);

    [Test]
    public void Public_type_and_member_has_a_summary()
    {
        var faults = from member in PublicSurface.Types.Concat(PublicSurface.Members)
                     let entry = EntryOf(member)
                     where entry is null || (string.IsNullOrWhiteSpace(entry.Element("summary")?.Value) && !IsInherited(entry))
                     select DocumentationId.Of(member);

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Parameter_of_a_public_method_is_described()
    {
        var faults = from member in PublicSurface.Members.OfType<MethodBase>()
                     where !member.Name.StartsWith("op_", StringComparison.Ordinal)
                     let entry = EntryOf(member)
                     where entry is not null && !IsInherited(entry)
                     from parameter in member.GetParameters()
                     where string.IsNullOrWhiteSpace(entry.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == parameter.Name)?.Value)
                     select $"{DocumentationId.Of(member)}: {parameter.Name}";

        Assert.That(faults, Is.Empty);
    }

    [TestCase(nameof(TogetherAIOptions.ApiKey), ExpectedResult = "P:TogetherAI.TogetherAIOptions.ApiKey")]
    [TestCase("Nothing", ExpectedResult = null)]
    public string? Id_of_a_member_is_the_name_of_its_entry(string name)
        => typeof(TogetherAIOptions).GetProperty(name) is { } property && EntryOf(property) is { } entry ? (string?)entry.Attribute("name") : null;

    private static XElement? EntryOf(MemberInfo member) => Entries.GetValueOrDefault(DocumentationId.Of(member));

    private static bool IsInherited(XElement entry) => entry.Descendants("inheritdoc").Any();
}
