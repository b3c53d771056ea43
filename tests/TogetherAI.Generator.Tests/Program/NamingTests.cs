using NUnit.Framework;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>Every name of a document gets one in C#, whatever it is made of.</summary>
public sealed class NamingTests
{
    [TestCase("max_tokens", "MaxTokens")]
    [TestCase("maxTokens", "MaxTokens")]
    [TestCase("max.tokens", "MaxTokens")]
    [TestCase("a,b", "AB")]
    [TestCase("a;b", "AB")]
    [TestCase("a<b>", "AB")]
    [TestCase("a\\b", "AB")]
    [TestCase("50%", "Value50")]
    [TestCase("°C", "C")]
    [TestCase("%", "Value")]
    [TestCase("", "Value")]
    [TestCase(" ", "Value")]
    [TestCase("$id", "Id")]
    [TestCase("2d", "Value2d")]
    [TestCase("class", "Class")]
    [TestCase("quo\"te", "Quote")]
    [TestCase("größe", "Größe")]
    [TestCase("日本", "日本")]
    [TestCase("a\u2028b\tc", "ABC")]
    [TestCase("😀", "Value")]
    [TestCase("<|eos|>", "Eos")]
    [TestCase("1:1", "Value11")]
    public void Name_is_the_words_of_the_wire_name_in_PascalCase(string wire, string expected)
        => Assert.That(CSharpIdentifier.Pascal(wire), Is.EqualTo(expected));

    [Test]
    public void Fields_have_names_that_differ_and_none_of_those_that_a_class_has()
    {
        var fields = Fields("a,b", "a;b", "", "%", "probe", "validation", "additional_properties", "to_string", "equals", "AB2");

        Assert.That(fields, Is.EqualTo(new[] { "AB", "AB2", "Value", "Value2", "Probe2", "Validation2", "AdditionalProperties2", "ToString2", "Equals2", "AB22" }));
    }

    [Test]
    public void Name_that_the_document_gives_is_taken()
    {
        var generation = Generation.Of(SmallDocument.WithSchema("{ type: object, x-csharp-name: Better, properties: { a: { type: string, x-csharp-name: B }, b: { type: string } } }"));

        var schemas = Schemas(generation);
        Assert.That(schemas.Keys, Does.Contain("Better"));
        Assert.That(Properties(schemas.Map("Better")!), Is.EqualTo(new[] { "B", "B2" }));
    }

    [Test]
    public void Parameters_have_names_that_C_reads()
    {
        string[] wire = ["class", "page_size", "%", "options", "call", "client", "request", "Page-Size"];
        var parameters = string.Join(", ", wire.Select(static name => $"{{ name: '{name}', in: path, required: true, schema: {{ type: string }} }}"));
        var path = string.Concat(wire.Select(static name => $"/{{{name}}}"));
        var generation = Generation.Of(SmallDocument.WithOperation($"tags: [A], operationId: Get, parameters: [{parameters}], responses: {SmallDocument.Pet}", path));

        var names = Operations(generation).Single().List("parameters")!.Maps.Select(static parameter => parameter.Map("x-csharp")!.Text("name"));
        Assert.That(names, Is.EqualTo(new[] { "@class", "pageSize", "value", "options2", "call2", "client2", "request2", "pageSize2" }));
    }

    [TestCase("A", "A_list", "A_List")]
    [TestCase("A", "list", "A_List")]
    [TestCase("A", "get_all_pets", "A_GetAllPets")]
    [TestCase("my tag", "my tag_list", "MyTag_List")]
    [TestCase("A", "class", "A_Class")]
    [TestCase("1st", "a\"; evil();//", "Schema1st_AEvil")]
    public void Method_is_the_id_or_what_follows_the_tag_in_it(string tag, string id, string expected)
    {
        var generation = Generation.Of(SmallDocument.WithOperation($"tags: ['{tag}'], operationId: '{id}', responses: {SmallDocument.Pet}"));

        Assert.That(Operations(generation).Single().Text("operationId"), Is.EqualTo(expected), $"{generation}");
    }

    [TestCase("Task", "TaskModel")]
    [TestCase("task", "TaskModel")]
    [TestCase("FileResponse", "FileResponseModel")]
    [TestCase("a<b>", "AB")]
    [TestCase("Größe", "GrU00F6U00DFe")]
    [TestCase("%", "Schema")]
    [TestCase("Holder.Probe", "HolderProbe")]
    [TestCase("AClient", "AClient2")]
    [TestCase("IAClient", "IAClient2")]
    public void Schema_has_a_name_that_hides_nothing(string schema, string expected)
    {
        var document = SmallDocument.WithSchema("{ type: object }").Replace("Probe", schema, StringComparison.Ordinal).Replace($"    {schema}:", $"    '{schema}':", StringComparison.Ordinal);

        var generation = Generation.Of(document, reserved: ReservedNames.Of(null));

        Assert.That(Schemas(generation).Keys.First(), Is.EqualTo(expected));
        Assert.That(((MapNode)Schemas(generation).Map("Holder")!.Map("properties")!.Entries[0].Value).Text("$ref"), Is.EqualTo("#/components/schemas/" + expected));
    }

    [Test]
    public void Names_of_the_client_and_of_NET_are_reserved_and_partial_classes_are_not()
    {
        var names = ReservedNames.Of(Path.Combine(BuildFacts.RepositoryRoot, "src", "TogetherAI.Generated"));

        Assert.That(names, Is.SupersetOf(new[] { "Secrets", "ServerError", "Task", "Type", "File", "Stream", "Func", "String", "Object", "HttpClient", "JToken", "JsonProperty", "System", "TogetherAI", "Regex", "Obsolete" }));
        Assert.That(names, Does.Not.Contain("ChatCompletionResponse").And.Not.Contain("ChatCompletionTool"));
    }

    private static string[] Fields(params string[] names)
    {
        var fields = string.Join(", ", names.Select(static name => $"'{name}': {{ type: string }}"));
        return [.. Properties(Schemas(Generation.Of(SmallDocument.WithSchema($"{{ type: object, properties: {{ {fields} }} }}"))).Map("Probe")!)];
    }

    private static IEnumerable<string> Properties(MapNode schema)
        => schema.Map("properties")!.Entries.Select(static entry => ((MapNode)entry.Value).Map("x-csharp")!.Text("name")!);

    private static MapNode Schemas(Generation generation)
    {
        Assert.That(generation.Written, Is.Not.Null, $"{generation}");
        return generation.Written!.Map("components")!.Map("schemas")!;
    }

    private static IEnumerable<MapNode> Operations(Generation generation)
    {
        Assert.That(generation.Written, Is.Not.Null, $"{generation}");
        return generation.Written!.Map("paths")!.Entries.Select(static path => (MapNode)((MapNode)path.Value).Entries[0].Value);
    }
}
