using System.Globalization;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Semantics;
using TogetherAI.Generator.Shapes;
using TogetherAI.Generator.Streams;
using static TogetherAI.Generator.Rendering.NodeBuilder;

namespace TogetherAI.Generator.Rendering;

/// <summary>
/// Writes the document that NSwag reads, OpenAPI 3.0.3, anew and with nothing in it that no template needs. Text of the
/// document gets there as an identifier, as a literal of C#, or as text for a comment, and in no other way.
/// </summary>
internal sealed class NSwagDocument
{
    private const string Json = "application/json";
    private const string Plain = "text/plain";
    private const string Bytes = "application/octet-stream";

    // What the client that has all areas has anyway.
    private static readonly string[] OfEveryClient = ["AddAreas", "AddHandWrittenAreas", "AddOperations", "AllAreas", "Areas", "Dispose", "Equals", "Finalize", "GetHashCode", "GetType", "KnownOperations", "MemberwiseClone", "Raw", "ReferenceEquals", "ToString"];

    private readonly ApiDocument _document;
    private readonly DocumentNames _names;
    private readonly NSwagSchemas _schemas;
    private readonly StreamNames? _streams;

    private NSwagDocument(ApiDocument document, DocumentNames names)
    {
        _document = document;
        _names = names;
        _schemas = new NSwagSchemas(document, names);
        _streams = document.Settings.WritesStreams ? new StreamNames(document) : null;
    }

    public static MapNode Create(ApiDocument document, DocumentNames names) => new NSwagDocument(document, names).Root();

    private MapNode Root()
        => Map(
            ("openapi", Text("3.0.3")),
            ("info", Map(("title", Text("API")), ("version", Text("1")))),
            ("paths", Map(_document.Operations.Select((operation, index) => (Path(operation, index), (Node?)Map((Method(operation), Operation(operation))))))),
            ("components", Map(("schemas", _schemas.Components()))));

    // Every operation has a path of its own here; the true one is a literal.
    private string Path(Operation operation, int index)
    {
        var names = NamesOf(operation);
        return $"/{index.ToString(CultureInfo.InvariantCulture)}" + string.Concat(Sent(operation).Select(parameter => $"/{{{names[parameter]}}}"));
    }

    // A method that 3.0 does not have is a literal, too.
    private static string Method(Operation operation) => operation.Method == "query" ? "post" : operation.Method;

    // The others are fields of an object.
    private static IEnumerable<Parameter> Sent(Operation operation) => operation.Parameters.Where(static parameter => parameter.In == "path");

    private Dictionary<Parameter, string> NamesOf(Operation operation)
    {
        var parameters = Sent(operation).ToList();
        return parameters.Zip(_names.ParametersOf(parameters)).ToDictionary(static pair => pair.First, static pair => pair.Second);
    }

    private MapNode Operation(Operation operation)
    {
        var client = OperationNames.ClientOf(operation);
        var names = NamesOf(operation);
        var request = operation.Form is null ? Request(operation) : null;
        return Map(
            ("tags", List([Text(client)])),
            ("operationId", Text($"{client}_{OperationNames.MethodOf(operation)}")),
            ("summary", Text(Summary(operation))),
            ("description", operation.Node.Has("summary") && Comment(operation.Node, "description") is { } description ? Text(description) : null),
            ("deprecated", operation.Node.IsTrue("deprecated") ? True : null),
            ("parameters", names.Count == 0 ? null : List(Sent(operation).Select(parameter => Parameter(parameter, names[parameter])))),
            ("requestBody", request),
            ("responses", Map(("200", Response(operation)))),
            ("x-stream", operation.Stream is { } stream ? StreamWords.Of(_document, operation, stream) : null),
            ("x-csharp", Map(
                ("area", Area(operation, client)),
                ("verb", Text(CSharpText.Literal(operation.Method.ToUpperInvariant()))),
                ("path", Text(CSharpText.Literal(operation.Path.TrimStart('/')))),
                ("place", Text(CSharpText.Line($"{operation}"))),
                ("telemetry", Text(CSharpText.Literal(OperationNames.TelemetryOf(operation)))),
                ("isGenerative", operation.Node.Has(OperationNames.TelemetryKey) ? True : null),
                ("accept", Accept(operation) is { } accept ? Text(CSharpText.Literal(accept)) : null),
                ("isText", operation.Node.Text("x-response") == "text" ? True : null),
                ("mayBeEmpty", operation.Node["x-may-be-empty"]),
                ("contentType", operation.Node.Text("x-content-type") is { } contentType ? Text(CSharpText.Literal(contentType)) : null),
                ("isOptionalBody", operation.Node["x-optional-body"]),
                ("isUrlEncoded", operation.Node.Text("x-form-encoding") == "urlencoded" ? True : null),
                ("isStreamOnly", operation.HasWholeResponse ? null : True),
                ("streams", _streams is not null && operation.Stream is not null ? StreamWords.Methods(_document, _names, operation, _streams.Of(operation), Summary(operation)) : null),
                ("isFile", IsFile(operation) ? True : null),
                ("server", Text(Servers.Of(_document, operation) is { } server ? CSharpText.Literal(server) : "null")),
                ("authentication", Authentications.Of(_document, operation) is { } authentication ? Text(authentication) : null),
                ("isOnce", operation.Node[IdempotenceCheck.Key] is ScalarNode { Text: "false" } || (StartingField(operation) is not null && Starts(operation) is null) ? True : null),
                ("starts", Starts(operation)),
                ("wait", operation.Node.Has(JobCheck.Key) ? Text(OperationNames.WaitOf(operation)) : null),
                ("form", operation.Form is { } form ? Text(_names.TypeOf(form)) : null),
                ("arguments", Arguments(operation)),
                ("pages", Paging(operation)))));
    }

    // What lists the items of all pages.
    private MapNode? Paging(Operation operation)
    {
        if (operation.Node.Map(Pages.Word) is not { } pages)
        {
            return null;
        }

        var response = ListResponses.ContentOf(operation)!["schema"];
        var items = Pages.Follow(_document, operation, pages.Text("items") ?? ListResponses.Data);
        var cursor = Shape.Of(_document, Pages.ParameterOf(operation, pages.Text("cursor")!)!.Schema);
        var method = OperationNames.MethodOf(operation);
        return Map(
            ("method", Text(method.StartsWith("List", StringComparison.Ordinal) ? "ListAll" + method["List".Length..] : method + "All")),
            ("page", Text(Pages.TypeOf(_document, response, _names.TypeOf)!)),
            ("item", Text(Pages.TypeOf(_document, Shape.Of(_document, items[^1].Node).Items, _names.TypeOf)!)),
            ("cursor", Text(cursor.Kind == ShapeKind.Text ? "string" : Pages.IsSmall(cursor) ? "int?" : "long?")),
            ("items", Text(Access(items))),
            ("next", Text(Access(Pages.Follow(_document, operation, pages.Text("next")!)))),
            ("more", pages.Text("more") is { } more ? Text(Access(Pages.Follow(_document, operation, more))) : null));
    }

    // The object of a field that is not required may not be there.
    private string Access(IReadOnlyList<(MapNode Owner, string Name, Node? Node)> path)
        => string.Join("?.", path.Select(step => _names.FieldsOf(step.Owner)[step.Name]));

    // The object with the parameters of the query and the headers.
    private MapNode? Arguments(Operation operation)
    {
        if (operation.Node.Text(ParameterObjects.Word) is not { } key)
        {
            return null;
        }

        var schema = (MapNode)_document.Schemas![key]!;
        return Map(
            ("class", Text(_names.TypeOf(key))),
            ("name", Text(operation.RequestBody is null ? "request" : "parameters")),
            ("isOptional", schema.Has("required") ? null : True),
            ("parameters", List(ParameterObjects.FieldsOf(operation).Select(field => Map(
                ("method", Text(field.Parameter.In == "query" ? "Query" : "Header")),
                ("name", Text(_schemas.MemberOf(schema, field.Field))),
                ("literal", Text(CSharpText.Literal(field.Parameter.Name))),
                ("isSecret", IsSecret(field.Parameter) ? True : null),
                ("separator", field.Parameter.Node.Text("x-separator") is { } separator ? Text(CSharpText.Literal(separator)) : null),
                ("isJson", field.Parameter.Node["x-json"]))))));
    }

    private bool IsSecret(Parameter parameter) => parameter.Node.IsTrue("x-secret") || _schemas.IsSecret(parameter.Schema);

    private static string? StartingField(Operation operation) => operation.Node.Map(IdempotenceCheck.Key)?.Text(IdempotenceCheck.Unless);

    // The property of the request that, when it is true, makes the operation start something; null where no class has it.
    private MapNode? Starts(Operation operation)
        => StartingField(operation) is { } field
            && _document.Follow(StreamFlag.Request(operation)) is { } request
            && request.Map("properties")?.Has(field) == true
                ? Map(("name", Text(_names.FieldsOf(request)[field])), ("literal", Text(CSharpText.Literal(field))))
                : null;

    // The property of the client that has all areas.
    private MapNode Area(Operation operation, string client)
    {
        var tag = _document.Root.List("tags")?.Items.OfType<MapNode>().FirstOrDefault(tag => tag.Text("name") == operation.Tag?.Text);
        return Map(
            ("name", Text(OfEveryClient.Contains(client) ? client + "Area" : client)),
            ("summary", Text(tag is not null && Comment(tag, "description") is { } description ? description : CSharpText.Comment($"The operations of {operation.Tag?.Text ?? client}."))),
            ("clients", client == OperationNames.ClientOf(_document.Operations.First()) ? Clients() : null));
    }

    // Listed once, where the first of them is.
    private ListNode Clients()
        => List(_document.Operations.Select(OperationNames.ClientOf).Distinct().Select(client => Text(_document.Settings.ClientName.Replace("{controller}", client, StringComparison.Ordinal))));

    private static string Summary(Operation operation)
        => Comment(operation.Node, "summary") ?? Comment(operation.Node, "description") ?? CSharpText.Comment($"Calls {operation}.");

    private static string? Comment(MapNode node, string key)
        => node.Text(key) is { } text && CSharpText.Comment(text) is { Length: > 0 } comment ? comment : null;

    private MapNode Parameter(Parameter parameter, string name)
        => Map(
            ("name", Text(name)),
            ("in", Text(parameter.In!)),
            ("required", parameter.Node.IsTrue("required") ? True : null),
            ("description", Comment(parameter.Node, "description") is { } description ? Text(description) : null),
            ("schema", _schemas.Schema(parameter.Schema)),
            ("x-checks", _schemas.Checks(parameter.Schema)),
            ("x-csharp", Map(
                ("name", Text(CSharpIdentifier.Escape(name))),
                ("plain", Text(name)),
                ("literal", Text(CSharpText.Literal(parameter.Name))),
                ("separator", parameter.Node.Text("x-separator") is { } separator ? Text(CSharpText.Literal(separator)) : null),
                ("isSecret", IsSecret(parameter) ? True : null),
                ("isJson", parameter.Node["x-json"]))));

    private MapNode? Request(Operation operation)
    {
        if (operation.RequestBody?.Map("content") is not { Entries: [{ Value: MapNode content }, ..] })
        {
            return null;
        }

        var mediaType = operation.RequestBody.Map("content")!.Entries[0].Key;
        _schemas.RefuseLimits(content["schema"], "a whole request");
        return Map(
            ("required", True),
            ("description", Text(Comment(operation.RequestBody, "description") ?? "The request.")),
            ("content", Map((mediaType is Plain or Bytes ? mediaType : Json, Map(("schema", _schemas.Schema(content["schema"])))))));
    }

    // Null for JSON.
    private string? Accept(Operation operation)
        => operation.Node.Text("x-accept")
            ?? (IsFile(operation) || operation.Node.Text("x-response") == "text" ? operation.Success!.Value.Response.Map("content")!.Entries[0].Key : null);

    private bool IsFile(Operation operation)
        => operation.Success?.Response.Map("content") is { Entries: [{ Value: MapNode content }, ..] } && Shape.Of(_document, content["schema"]).Kind == ShapeKind.File;

    private MapNode Response(Operation operation)
    {
        var description = operation.Success is { } success ? Comment(success.Response, "description") : null;
        var content = operation.Success?.Response.Map("content") is { Entries: [{ Value: MapNode first }, ..] } ? first : null;
        return Map(
            ("description", Text(description ?? "The response.")),
            ("content", content is null ? null
                : IsFile(operation) ? Map((Bytes, Map(("schema", Map(("type", Text("string")), ("format", Text("binary")))))))
                : Map((Json, Map(("schema", _schemas.Schema(content["schema"])))))));
    }
}
