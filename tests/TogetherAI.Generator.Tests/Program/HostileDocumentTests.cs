using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Reading;
using TogetherAI.Generator.Tests.Support;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>Whatever a document says, it stays a name, a literal or a comment; nothing of it becomes code.</summary>
public sealed class HostileDocumentTests
{
    // Each of them would end a comment, a literal or a template, or begin a line of code.
    private const string Hostile = "`\"; } /* */ class Evil { } // </summary> {{ 1 }} {% raw %} \\\r\n} class Evil { }\u2028class Evil { }\u2029class Evil { }\u0085class Evil { }\n#error evil\n\u202e";

    private static readonly string[] Texts = ["description", "summary", "title", "termsOfService", "name", "email", "version", "bearerFormat"];

    private static readonly string[] HiddenNames =
    [
        "ApiResponse", "Secrets", "ServerError", "FileResponse", "FileParameter", "Task", "Type", "File", "Stream", "Func", "String", "Object", "System", "Newtonsoft",
        "TogetherAI", "TogetherAIClient", "TogetherAIChatClient", "ITogetherAIChatClient", "TogetherAIOptions", "JToken", "JsonProperty", "Validation", "IValidated",
        "Utf8Source", "Exception", "HttpClient", "CancellationToken", "Obsolete", "Description", "List", "IDictionary", "Action", "Uri", "DateTimeOffset", "Guid", "Encoding",
    ];

    private static readonly string[] ObjectMembers = ["AdditionalProperties", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReadUtf8", "ReferenceEquals", "ToString", "Utf8Names"];

    private static readonly string[] UnionMembers = ["Arms", "Converter", "EventName", "FromUnknown", "ReadEvent", "Unknown"];

    private CSharpCompilation _compilation = null!;

    // All in one document, because it takes long to compile one.
    [OneTimeSetUp, CancelAfter(120_000)]
    public async Task CompileAsync()
    {
        var root = (MapNode)Read();
        AddHostileText(root);
        AddHostileNames(root);
        AddHiddenNames(root);
        AddMemberNames(root);
        _compilation = await CompileAsync(root, TestContext.CurrentContext.CancellationToken);
    }

    [Test]
    public void Document_with_hostile_text_and_names_compiles_without_a_warning()
        => ClientCompiler.RequireSuccess(_compilation);

    [Test]
    public void Hostile_text_in_every_string_of_the_document_stays_inert()
    {
        var names = _compilation.SyntaxTrees.Last().GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.BaseTypeDeclarationSyntax>().Select(static type => type.Identifier.Text).ToList();

        Assert.That(names, Does.Contain("HostileHolder"));
        Assert.That(names, Does.Not.Contain("Evil"));
    }

    [Test]
    public void Schema_with_the_name_of_any_type_is_used([ValueSource(nameof(HiddenNames))] string name)
    {
        var method = _compilation.GetTypeByMetadataName("TogetherAI.TogetherAIHiddenClient")!.GetMembers($"Send{name}Async").OfType<IMethodSymbol>().First();
        var request = method.Parameters[0].Type;

        Assert.That(request.Locations.Single().SourceTree, Is.EqualTo(_compilation.SyntaxTrees.Last()), $"{name} is {request}");
        Assert.That(((INamedTypeSymbol)method.ReturnType).TypeArguments.Single(), Is.EqualTo(request).Using<ISymbol>(SymbolEqualityComparer.Default.Equals));
    }

    [Test]
    public void Schema_with_the_name_of_a_member_of_its_class_is_a_type_of_the_client()
    {
        var holder = _compilation.GetTypeByMetadataName("TogetherAI.MemberHolder")!;

        Assert.That(holder.GetMembers().OfType<IPropertySymbol>().Count(static property => property.Name.StartsWith('F')), Is.EqualTo(ObjectMembers.Length + UnionMembers.Length + 1));
    }

    private static Node Read()
        => DocumentReader.ReadFile(Path.Combine(BuildFacts.RepositoryRoot, "openapi", "together.yaml"), "together.yaml", new());

    private static Node Yaml(string text) => DocumentReader.Read(text, "test.yaml", new());

    private static MapNode Schemas(MapNode root) => root.Map("components")!.Map("schemas")!;

    private static async Task<CSharpCompilation> CompileAsync(MapNode root, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("api.json");
        await File.WriteAllBytesAsync(file, JsonNodeWriter.Write(root), cancellationToken);
        var generation = Generation.OfFile(file, ReservedNames.Of(Path.Combine(BuildFacts.RepositoryRoot, "src", "TogetherAI.Generated")), ClientCompiler.Settings);
        Assert.That(generation.Written, Is.Not.Null, $"{generation}");
        return ClientCompiler.Compile(await ClientCompiler.GenerateAsync(generation.Written!, cancellationToken));
    }

    private static void AddHostileText(Node node)
    {
        if (node is ListNode list)
        {
            list.Items.ForEach(AddHostileText);
        }

        foreach (var entry in (node as MapNode)?.Entries.ToList() ?? [])
        {
            if (entry.Value is ScalarNode { IsText: true } text && Texts.Contains(entry.Key) && !((MapNode)node).Has("in"))
            {
                ((MapNode)node).Set(entry.Key, ScalarNode.FromText(text.Text + Hostile, text.Place));
            }
            else
            {
                AddHostileText(entry.Value);
            }
        }
    }

    // Names and words of all kinds, beside those that hand-written code relies on.
    private static void AddHostileNames(MapNode root)
    {
        var server = root.List("servers")!.Maps.First();
        server.Set("url", ScalarNode.FromText("https://example.com/\" + Evil() + \"" + Hostile, server.Place));
        var fields = new MapNode(root.Place);
        foreach (var name in new[] { "a,b", "a;b", "a<b>", "a\\b", "50%", "°C", "", "%", "class", Hostile })
        {
            fields.Add(name, Yaml("{ type: string, description: A field., minLength: 1 }"));
        }

        var pattern = new MapNode(root.Place);
        pattern.Add("type", ScalarNode.FromText("string", root.Place));
        pattern.Add("pattern", ScalarNode.FromText("\"; class Evil { } //\\u2028\u2028", root.Place));
        pattern.Add("format", ScalarNode.FromText(Hostile, root.Place));
        pattern.Add("title", ScalarNode.FromText(Hostile, root.Place));
        pattern.Add("default", ScalarNode.FromText(Hostile, root.Place));
        pattern.Add("x-deprecatedMessage", ScalarNode.FromText(Hostile, root.Place));
        fields.Add("pattern", pattern);
        var words = (MapNode)Yaml("{ type: string, description: Words., enum: [a] }");
        words.List("enum")!.Items.AddRange(new[] { Hostile, "", "%", "equals" }.Select(word => ScalarNode.FromText(word, root.Place)));
        var holder = (MapNode)Yaml("{ type: object, description: Fields. }");
        holder.Add("properties", fields);
        Schemas(root).Add("HostileHolder", holder);
        Schemas(root).Add(Hostile, words);
        fields.Add("word", Reference(Hostile, root));

        var operation = (MapNode)Yaml("{ requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/HostileHolder' } } } }, responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/HostileHolder' } } } } } }");
        operation.Set("tags", new ListNode(root.Place) { Items = { ScalarNode.FromText(Hostile, root.Place) } });
        operation.Set("operationId", ScalarNode.FromText(Hostile, root.Place));
        operation.Set("description", ScalarNode.FromText(Hostile, root.Place));
        operation.Set("x-hostile", ScalarNode.FromText(Hostile, root.Place));
        var parameters = new ListNode(root.Place);
        foreach (var name in new[] { "%", "", "class", Hostile })
        {
            var parameter = (MapNode)Yaml("{ in: query, schema: { type: string } }");
            parameter.Add("name", ScalarNode.FromText(name, root.Place));
            parameter.Add("description", ScalarNode.FromText(Hostile, root.Place));
            parameters.Items.Add(parameter);
        }

        operation.Set("parameters", parameters);
        var path = new MapNode(root.Place);
        path.Add("post", operation);
        root.Map("paths")!.Add("/" + Hostile.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), path);
    }

    private static void AddHiddenNames(MapNode root)
    {
        foreach (var name in HiddenNames)
        {
            Schemas(root).Add(name, Yaml("{ type: object, description: A schema., properties: { id: { type: string }, more: { type: array, items: { $ref: '#/components/schemas/Task' } } } }"));
            root.Map("paths")!.Add($"/hidden/{name}", Yaml($"{{ post: {{ tags: [Hidden], operationId: Send{name}, requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }}, responses: {{ '200': {{ description: D., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }} }} }}"));
        }
    }

    private static void AddMemberNames(MapNode root)
    {
        var fields = string.Join(", ", ObjectMembers.Concat(UnionMembers).Append("Value").Select(static (name, index) => $"f{index}: {{ $ref: '#/components/schemas/{name}' }}"));
        foreach (var name in ObjectMembers)
        {
            Schemas(root).Add(name, Yaml("{ type: object, description: An object., properties: { id: { type: string } } }"));
        }

        foreach (var name in UnionMembers)
        {
            Schemas(root).Add(name, Yaml("{ description: A union., oneOf: [{ type: string }, { type: array, items: { type: string } }] }"));
        }

        Schemas(root).Add("Value", Yaml("{ type: string, description: Words., enum: [a, b] }"));
        Schemas(root).Add("MemberHolder", Yaml($"{{ type: object, description: All of them., properties: {{ {fields} }} }}"));
        root.Map("paths")!.Add("/members", Yaml("{ get: { tags: [Members], operationId: Get, responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/MemberHolder' } } } } } } }"));
    }

    private static MapNode Reference(string schema, MapNode root)
    {
        var reference = new MapNode(root.Place);
        reference.Add("$ref", ScalarNode.FromText(Generator.Documents.JsonPointer.Create("components", "schemas", schema), root.Place));
        return reference;
    }
}
