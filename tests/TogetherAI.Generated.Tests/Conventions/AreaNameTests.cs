using NUnit.Framework;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Conventions;

/// <summary>A type is found by the area that it belongs to, and is mistaken for no type of others.</summary>
public sealed class AreaNameTests
{
    [Test]
    public void Type_of_the_document_begins_with_its_area_or_is_shared()
    {
        var faults = from schema in TogetherDocument.Schemas.Keys
                     let type = Areas.TypeOf(schema)
                     let areas = Areas.ThatUse[schema]
                     where !areas.Any(area => Areas.IsNameIn(area, type)) && !(areas.Count > 1 && Areas.Shared.Contains(type))
                     select $"{type} ({string.Join(", ", areas)})";

        Assert.That(faults, Is.Empty, "Name it after the area in brackets, or list it in Areas.Shared where several areas use it.");
    }

    [Test]
    public void Type_that_is_listed_as_shared_is_used_by_several_areas()
    {
        var shared = Areas.ThatUse.Where(use => use.Value.Count > 1).Select(use => Areas.TypeOf(use.Key));

        Assert.That(Areas.Shared, Is.SubsetOf(shared));
    }

    [Test]
    public void Schema_is_used_by_an_operation()
        => Assert.That(Areas.ThatUse.Where(use => use.Value.Count == 0).Select(use => use.Key), Is.Empty);

    [Test]
    public void Public_type_outside_the_document_begins_with_an_area_or_with_TogetherAI()
    {
        var described = TogetherDocument.Schemas.Keys.Select(Areas.TypeOf).Append(nameof(FileUpload)).Append(nameof(FileDownload)).ToHashSet();

        var faults = from type in PublicSurface.Types
                     where !type.IsNested
                     let name = type.IsInterface ? type.Name[1..] : type.Name
                     where !described.Contains(name) && !name.StartsWith("TogetherAI", StringComparison.Ordinal) && !Areas.All.Any(area => Areas.IsNameIn(area, name))
                     select type.Name;

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Public_type_has_no_name_of_Microsoft_Extensions_AI()
        => Assert.That(PublicSurface.Types.Select(type => type.Name).Where(ForeignNames.OfMicrosoftExtensionsAI.Contains), Is.Empty, "Programs that use both could not say which they mean.");

    [Test]
    public void Public_type_has_no_name_of_a_namespace_that_every_program_imports()
        => Assert.That(PublicSurface.Types.Select(type => type.Name).Where(ForeignNames.OfImplicitNamespaces.Contains), Is.Empty, "Programs could not say which they mean.");

    [TestCase("Chat", "ChatCompletionTool", ExpectedResult = true)]
    [TestCase("Chat", "ChatTool", ExpectedResult = false)]
    [TestCase("Completions", "ChatCompletionTool", ExpectedResult = false)]
    [TestCase("Models", "TogetherAIModel", ExpectedResult = true)]
    [TestCase("Models", "ModelPrice", ExpectedResult = true)]
    [TestCase("Models", "ModelledPrice", ExpectedResult = false)]
    [TestCase("Files", "TogetherAIFile", ExpectedResult = true)]
    public bool Name_of_an_area_is_recognised(string area, string type) => Areas.IsNameIn(area, type);

    [Test]
    public void Name_of_others_is_recognised()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ForeignNames.OfMicrosoftExtensionsAI, Is.SupersetOf(new[] { "ChatMessage", "ChatResponseFormat", "Embedding", "AITool", "ChatClientBuilder" }));
            Assert.That(ForeignNames.OfImplicitNamespaces, Is.SupersetOf(new[] { "File", "Task", "Index", "List", "HttpClient", "Enumerable", "Endpoint" }));
        }
    }
}
