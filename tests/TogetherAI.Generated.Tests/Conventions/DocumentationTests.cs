using System.Reflection;
using NUnit.Framework;

namespace TogetherAI.Tests.Conventions;

/// <summary>What the package's XML file says; the compiler does not check the generated half of it.</summary>
public sealed class DocumentationTests
{
    [Test]
    public void Public_type_and_member_has_a_summary()
    {
        var faults = from member in PublicSurface.Types.Concat(PublicSurface.Members)
                     where string.IsNullOrWhiteSpace(Documentation.Of(member)?.Element("summary")?.Value)
                     select DocumentationId.Of(member);

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Parameter_of_a_public_method_is_described()
    {
        var faults = from member in PublicSurface.Members.OfType<MethodBase>()
                     where !member.Name.StartsWith("op_", StringComparison.Ordinal)
                     let entry = Documentation.Of(member)
                     where entry is not null && !Documentation.IsForeign(entry)
                     from parameter in member.GetParameters()
                     where entry.Elements("param").Count(element => (string?)element.Attribute("name") == parameter.Name && element.Value.Trim().Length > 0) != 1
                     select $"{DocumentationId.Of(member)}: {parameter.Name}";

        Assert.That(faults, Is.Empty, "Each needs one description, its own or an inherited one.");
    }

    [Test]
    public void Request_is_described_alike_by_all_methods_that_take_it()
    {
        var descriptions = from method in Calls
                           from parameter in method.GetParameters()
                           where parameter.Name == "request"
                           group Documentation.Of(method)!.Elements("param").First(element => (string?)element.Attribute("name") == "request").Value
                               by parameter.ParameterType;

        var faults = from each in descriptions where each.Distinct().Count() > 1 select $"{each.Key.Name}: {string.Join(" | ", each.Distinct())}";

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Method_that_cannot_stream_does_not_speak_of_streams()
    {
        var faults = from method in Calls
                     where !method.Name.StartsWith("Stream", StringComparison.Ordinal)
                     from element in Documentation.Of(method)!.Elements()
                     where !(element.Name == "returns" && method.ReturnType == typeof(Task<Stream>))
                     where element.Value.Contains("stream", StringComparison.OrdinalIgnoreCase) || (element.Value.Contains("event", StringComparison.OrdinalIgnoreCase) && !method.Name.Contains("Events", StringComparison.Ordinal))
                     select $"{DocumentationId.Of(method)}: {element.Value}";

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Documentation_is_xml_and_no_markdown()
    {
        var faults = from entry in Documentation.Entries where entry.Value.Contains('`') select $"{(string?)entry.Attribute("name")}: {entry.Value}";

        Assert.That(faults, Is.Empty, "Code is written between <c> and </c>.");
    }

    [Test]
    public void Documentation_of_the_document_has_its_code_as_code()
    {
        var entry = Documentation.Of(typeof(InferenceRequest).GetProperty(nameof(InferenceRequest.Model))!);

        Assert.That(entry!.Element("summary")!.Elements("c").Single().Value, Is.EqualTo("organization/name"));
    }

    [TestCase(nameof(TogetherAIOptions.ApiKey), ExpectedResult = "P:TogetherAI.TogetherAIOptions.ApiKey")]
    [TestCase("Nothing", ExpectedResult = null)]
    public string? Id_of_a_member_is_the_name_of_its_entry(string name)
        => typeof(TogetherAIOptions).GetProperty(name) is { } property && Documentation.Of(property) is { } entry ? (string?)entry.Attribute("name") : null;

    /// <summary>The methods of the clients, as their interfaces have them.</summary>
    private static IEnumerable<MethodInfo> Calls
        => PublicSurface.Types.Where(type => type.IsInterface && type.Name.EndsWith("Client", StringComparison.Ordinal)).SelectMany(type => type.GetMethods()).Where(method => !method.IsSpecialName);
}
