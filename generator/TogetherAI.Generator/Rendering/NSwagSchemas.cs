using System.Globalization;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Semantics;
using TogetherAI.Generator.Shapes;
using static TogetherAI.Generator.Rendering.NodeBuilder;

namespace TogetherAI.Generator.Rendering;

/// <summary>Writes schemas as NSwag reads them: names of C# in place of those on the wire, which go to the templates as literals.</summary>
internal sealed class NSwagSchemas(ApiDocument document, DocumentNames names)
{
    private const int MaxDepth = 200;

    // Others say nothing to NSwag.
    private static readonly HashSet<string> Formats =
        ["int32", "int64", "float", "double", "decimal", "byte", "binary", "date", "date-time", "time", "duration", "uri", "uuid", "guid"];

    private readonly HashSet<MapNode> _sent = RequestSchemas.Of(document);
    private readonly LimitChecks _limits = new(document);

    // The schemas that are sent as forms, whose files are parts of their own.
    private readonly HashSet<MapNode> _forms =
        [.. document.Operations.Select(operation => operation.Form is { } form ? document.Follow(document.Schemas?[form]) : null).OfType<MapNode>()];

    private readonly SecretSchemas _secrets = new(document);
    private readonly ReadCalls _reads = new(document, names);

    // The schemas of jobs, with what an operation that retrieves them says of them.
    private readonly Dictionary<MapNode, MapNode> _jobs = document.Operations
        .Where(static operation => operation.Node.Has(JobCheck.Key))
        .Select(operation => (Schema: JobCheck.SchemaOf(document, operation), Job: operation.Node.Map(JobCheck.Key)!))
        .Where(static job => job.Schema is not null)
        .GroupBy(static job => job.Schema!, static job => job.Job)
        .ToDictionary(static jobs => jobs.Key, static jobs => jobs.First());

    private int _depth;

    /// <summary>All schemas with a name.</summary>
    public MapNode Components()
        => Map((from schema in document.Schemas?.Entries ?? []
                select (names.TypeOf(schema.Key), (Node?)(document.Settings.HandWrittenTypes.Contains(schema.Key) ? HandWritten(schema.Value) : Schema(schema.Value)))).Append((GeneratorSettings.FileUpload, _forms.Count > 0 ? HandWritten(Map()) : null)));

    /// <summary>One schema, wherever it stands.</summary>
    public MapNode Schema(Node? node)
    {
        if (node is not MapNode schema)
        {
            return Map();
        }

        if (++_depth > MaxDepth)
        {
            document.Faults.Add(Codes.SchemaShape, schema.Place, "An unnamed schema contains itself. Give it a name under components/schemas, and refer to that.");
            _depth--;
            return Map();
        }

        var written = schema.Text("$ref") is { } reference ? Reference(schema, reference) : Own(schema);
        _depth--;
        return written;
    }

    /// <summary>A parameter's or request's checks, for its templates; null where there are none.</summary>
    public Node? Checks(Node? schema)
    {
        var checks = _limits.Of(schema);
        return checks.Count == 0 ? null : List(checks.Select(static check => Map(
            ("method", Text(check.Method)),
            ("arguments", check.Arguments is null ? null : Text(check.Arguments + ", ")))));
    }

    /// <summary>The member of a schema's class that holds what is on the wire of a field.</summary>
    public string MemberOf(MapNode schema, string field)
        => Wire(schema, schema.Map("properties")!.Find(field)!)?.Text("member") ?? names.FieldsOf(schema)[field];

    /// <summary>Whether a parameter is secret.</summary>
    public bool IsSecret(Node? schema) => _secrets.IsSecret(schema);

    /// <summary>Reports limits where nothing is checked.</summary>
    public void RefuseLimits(Node? schema, string where) => _limits.Refuse(schema, where);

    // C# has the type; only that it is a class matters here.
    private static MapNode HandWritten(Node schema)
        => Map(
            ("type", Text("object")),
            ("nullable", schema is MapNode map && map.IsTrue("nullable") ? True : null),
            ("properties", Map(("value", Map(("type", Text("string")))))));

    private static Node? Description(MapNode schema)
        => schema.Text("description") is { } text && CSharpText.Comment(text) is { Length: > 0 } comment ? Text(comment) : null;

    private MapNode Reference(MapNode schema, string reference)
    {
        if (!JsonPointer.TryParse(reference, out var segments) || segments is not ["components", "schemas", var name])
        {
            return Schema(document.Find(reference));
        }

        var target = Map(("$ref", Text(JsonPointer.Create("components", "schemas", names.TypeOf(name)))));
        return schema.IsTrue("nullable") || schema.Has("description") || schema.IsTrue("deprecated")
            ? Map(
                ("allOf", List([target])),
                ("description", Description(schema)),
                ("nullable", schema.IsTrue("nullable") ? True : null),
                ("deprecated", schema.IsTrue("deprecated") ? True : null),
                ("x-managed", schema["x-managed"]))
            : target;
    }

    private MapNode Own(MapNode schema)
    {
        var properties = schema.Map("properties");
        var words = schema.List("enum")?.Items.OfType<ScalarNode>().Where(static value => !value.IsNull).ToList();
        if (schema.Has("x-union"))
        {
            RefuseUnknownMembers(schema);
        }

        return Map(
            ("type", Type(schema, words)),
            ("format", Format(schema)),
            ("description", Description(schema)),
            ("nullable", schema.IsTrue("nullable") ? True : null),
            ("deprecated", schema.IsTrue("deprecated") ? True : null),
            ("allOf", schema.List("allOf") is { } parts ? List(parts.Items.Select(Schema)) : null),
            ("items", schema.Text("type") == "array" ? Schema(schema["items"]) : null),
            ("enum", words is null ? null : List(names.WordsOf(schema).Select(Text))),
            ("required", properties is null ? null : Required(schema, properties)),
            ("properties", properties is null ? null : Map(properties.Entries.Select(field => (names.FieldsOf(schema)[field.Key], (Node?)Field(schema, field))))),
            ("additionalProperties", schema["additionalProperties"] is MapNode more ? Schema(more) : schema["additionalProperties"]),
            ("x-managed", schema["x-managed"]),
            ("x-sent", properties is not null && _sent.Contains(schema) ? True : null),
            ("x-job", _jobs.TryGetValue(schema, out var job) ? Job(schema, job) : null),
            ("x-union", schema.Has("x-union") ? True : null),
            ("x-named", schema.Text("x-union") == "events" ? True : null),
            ("x-csharp", words is not null ? Words(schema, words) : properties is not null ? Object(schema) : null));
    }

    private MapNode Words(MapNode schema, List<ScalarNode> words)
        => Map(("words", List(words.Select((word, index) => Map(
            ("name", Text(names.WordsOf(schema)[index])),
            ("literal", Text(CSharpText.Literal(word.Text))),
            ("text", Text(CSharpText.Line(word.Text))))))));

    // What is also sent is a request, whose required fields callers must set.
    private MapNode Object(MapNode schema)
        => Map(
            ("isResponse", _sent.Contains(schema) ? null : True),
            ("isList", schema[ListResponses.Word]),
            ("ownText", HasOwn(schema, "ToString") ? True : null),
            ("ownItems", HasOwn(schema, "GetEnumerator") ? True : null),
            ("cursor", schema.Text(ParameterObjects.Cursor) is { } cursor ? Text(names.FieldsOf(schema)[cursor]) : null));

    // An object of a union that may have any field is JSON.
    private static bool IsFree(Node? node) => (node as MapNode)?.Map("x-arm")?.Has("free") == true;

    private void RefuseUnknownMembers(MapNode schema)
    {
        string[] members = [.. names.FieldsOf(schema).Values, "ToString", .. schema.Has(Unions.Collection) ? new[] { "GetEnumerator" } : []];
        foreach (var member in schema.List(Unions.OwnMembers)?.Items.OfType<ScalarNode>().Where(member => !members.Contains(member.Text)) ?? [])
        {
            document.Faults.Add(Codes.Extension, member.Place, $"'{Unions.OwnMembers}' names '{member.Text}', which is none of the members that may be written by hand: {string.Join(", ", members)}.");
        }
    }

    private static bool HasOwn(MapNode schema, string member) => schema.List(Unions.OwnMembers)?.Texts.Contains(member) == true;

    // What .NET keeps as memory: bytes, and arrays that say so.
    private string? MemoryOf(Node field)
        => Shape.Of(document, field) is not { Kind: ShapeKind.Bytes, Schema: { } schema } ? null
            : schema.Text("type") == "string" ? "byte"
            : "float";

    private bool IsAlwaysThere(MapNode schema, MapEntry field)
        => schema.List("required")?.Texts.Contains(field.Key) == true && !Shape.Of(document, field.Value).Chain.Any(static part => part.IsTrue("nullable"));

    // An integer that may be longer than 64 bits is a decimal in C#.
    private static bool IsWide(MapNode? schema) => schema?.Text("type") == "integer" && schema.Text("format") == "decimal";

    private MapNode Job(MapNode schema, MapNode job)
    {
        var fields = names.FieldsOf(schema);
        return Map(
            ("status", Text(fields[job.Text("status")!])),
            ("succeeded", Literals(job.List("succeeded")!)),
            ("failed", Literals(job.List("failed")!)),
            ("error", job.Text("error") is { } error ? Text(fields[error]) : null));
    }

    private static ListNode Literals(ListNode list) => List(list.Texts.Select(static text => Text(CSharpText.Literal(text))));

    private static Node? Type(MapNode schema, List<ScalarNode>? words)
        => IsWide(schema) ? Text("number")
            : schema.Text("type") is { } type ? Text(type)
            : words is not null ? Text("string")
            : schema.Has("properties") ? Text("object")
            : null;

    // Without a format an integer may be a large one; NSwag would take it for a small one.
    private static Node? Format(MapNode schema)
    {
        var format = schema.Text("format");
        return schema.Text("type") == "integer" && format != "decimal" ? Text(format == "int32" ? "int32" : "int64")
            : format is not null && Formats.Contains(format) ? Text(format)
            : null;
    }

    private ListNode? Required(MapNode schema, MapNode properties)
    {
        var required = schema.List("required")?.Texts.Where(field => properties.Has(field) && properties.Map(field)?.IsTrue("x-managed") != true).Distinct().Select(field => Text(names.FieldsOf(schema)[field])).ToList();
        return required is { Count: > 0 } ? List(required) : null;
    }

    private MapNode Field(MapNode schema, MapEntry field)
    {
        var written = _forms.Contains(schema) && IsFile(field.Value) ? File(field.Value) : Schema(field.Value);
        // An extension beside a bare reference is read too.
        written.Set("x-csharp", Merge(written.Map("x-csharp"), Map(
            ("name", Text(names.FieldsOf(schema)[field.Key])),
            ("literal", Text(CSharpText.Literal(field.Key))),
            ("text", Text(CSharpText.Line(field.Key))),
            ("description", written.Text("description") is { } description ? Text(CSharpText.Literal(description)) : null),
            ("constant", schema.List("required")?.Texts.Contains(field.Key) == true && (field.Value as MapNode)?.Text("x-constant") is { } constant ? Text(CSharpText.Literal(constant)) : null),
            ("memory", MemoryOf(field.Value) is { } memory ? Text(memory) : null),
            ("holds", MemoryOf(field.Value) is { } held ? Text($"global::System.ReadOnlyMemory<{held}>{(IsAlwaysThere(schema, field) ? "" : "?")}") : null),
            ("isInteger", IsWide(Shape.Of(document, field.Value).Schema) ? True : null),
            ("nested", HasNested(field.Value) ? True : null),
            ("read", Text(Read(schema, field))),
            ("reader", schema.Has("x-union") ? Text(Reader(field.Value)) : null),
            ("rule", Text(Rule(schema, field))),
            ("isOwn", HasOwn(schema, names.FieldsOf(schema)[field.Key]) ? True : null),
            ("argument", schema.Has("x-union") && (field.Value as MapNode)?.Has("x-csharp-name") == true ? Text(CSharpIdentifier.Escape(names.ParametersOf(schema)[field.Key])) : null),
            ("parameter", Text(CSharpIdentifier.Escape(names.ParametersOf(schema)[field.Key]))),
            ("plain", Text(names.ParametersOf(schema)[field.Key])),
            ("sent", IsEmptyIfAbsent(schema, field.Value) ? Text(names.SentOf(schema)[field.Key]) : null),
            ("isSecret", _secrets.IsSecret(field.Value) ? True : null),
            ("hasSecrets", _secrets.HasSecrets(field.Value) ? True : null))));
        if (Wire(schema, field) is { } wire)
        {
            written.Set("x-wire", wire);
        }

        foreach (var key in new[] { "x-mismatch", "x-arm" })
        {
            if ((field.Value as MapNode)?[key] is { } word)
            {
                written.Set(key, word is MapNode arm ? Arm(arm) : word);
            }
        }

        if (Checks(field.Value) is { } checks)
        {
            written.Set("x-checks", checks);
        }

        return written;
    }

    private string Read(MapNode schema, MapEntry field)
        => MemoryOf(field.Value) is { } memory ? ReadCalls.OfMemory(memory, mayBeNull: !IsAlwaysThere(schema, field))
            : _forms.Contains(schema) && IsFile(field.Value) ? _reads.OfFile(Shape.Of(document, field.Value).Kind == ShapeKind.List)
            : _reads.Call(field.Value, mayBeNull: !IsAlwaysThere(schema, field), IsEmptyIfAbsent(schema, field.Value));

    private string Reader(Node arm)
        => (arm as MapNode)?.Map("x-arm") is { } description && description.Has("collection") ? _reads.ArrayReader(arm)
            : IsFree(arm) ? "Utf8Union.ReadObject"
            : _reads.Reader(arm, isReceived: false);

    // What holds for a field where its value is not what was expected.
    private string Rule(MapNode schema, MapEntry field)
    {
        var node = field.Value as MapNode;
        var isRequired = IsAlwaysThere(schema, field) && node?.IsTrue("x-managed") != true && node?.Has("x-absent") != true;
        string?[] rules =
        [
            isRequired ? "FieldRule.Required" : null,
            Shape.Of(document, field.Value).Kind is ShapeKind.Text or ShapeKind.Bytes ? "FieldRule.Text" : null,
            _reads.TakesEmptyText(field.Value) || (_forms.Contains(schema) && IsFile(field.Value)) ? "FieldRule.EmptyText" : null,
            node?.Text("x-mismatch") switch { "fail" => "FieldRule.Fail", "json-text" => "FieldRule.JsonText", "text-parts" => "FieldRule.TextParts", _ => null },
        ];
        var all = string.Join(" | ", rules.Where(static rule => rule is not null));
        return all.Length > 0 ? all : "FieldRule.None";
    }

    // Callers read lists and maps of a response without asking whether they are there.
    private bool IsEmptyIfAbsent(MapNode schema, Node field)
        => !_sent.Contains(schema) && !schema.Has("x-union") && Shape.Of(document, field).Kind is ShapeKind.List or ShapeKind.Map;

    // How a field is on the wire where that is not what callers see; null where it is. No property has an underscore in its name.
    private MapNode? Wire(MapNode schema, MapEntry field)
    {
        var node = field.Value as MapNode;
        var property = names.FieldsOf(schema)[field.Key];
        return node?.Text("x-absent") is { } absent
            ? Map(("kind", Text("absent")), ("read", Text("Utf8Primitives.ReadString(ref source)")), ("holds", Text("string?")), ("member", Text(property + "_0")), ("property", Text(property)), ("absent", Text(CSharpText.Literal(absent))))
            : Shape.Of(document, field.Value) is { Kind: ShapeKind.Other, Schema: { } seconds } && seconds.Text("format") is "unix-time" or "duration-seconds"
                ? Seconds(property, seconds)
                : Alias(schema, field.Key, node?.Text("x-alias-of") ?? field.Key);
    }

    private static MapNode Seconds(string property, MapNode schema)
    {
        var isTime = schema.Text("format") == "unix-time";
        return Map(
            ("kind", Text("seconds")),
            ("read", Text($"Utf8Seconds.Read{(isTime ? "Time" : "Duration")}(ref source)")),
            ("holds", Text("WireSeconds?")),
            ("member", Text(property + "_0")),
            ("property", Text(property)),
            ("field", Text(FieldOf(property))),
            ("shown", Text(isTime ? "global::System.DateTimeOffset" : "global::System.TimeSpan")),
            ("name", Text(isTime ? "Time" : "Duration")),
            ("converter", Text(isTime ? "UnixTimeConverter" : "DurationConverter")),
            ("arguments", Text((isTime ? $"isWhole: {(schema.Text("type") == "integer" ? "true" : "false")}, " : "") + $"isText: {(schema.Text("type") == "string" ? "true" : "false")}")));
    }

    private static string FieldOf(string property) => "_" + char.ToLowerInvariant(property[0]) + property[1..];

    private MapNode? Alias(MapNode schema, string field, string target)
    {
        var aliases = schema.Map("properties")!.Entries.Where(other => (other.Value as MapNode)?.Text("x-alias-of") == target).Select(static other => other.Key).ToList();
        var property = names.FieldsOf(schema)[target];
        var position = (aliases.IndexOf(field) + 1).ToString(CultureInfo.InvariantCulture);
        return aliases.Count == 0 ? null : Map(
            ("kind", Text(field == target ? "aliased" : "alias")),
            ("read", Text("Utf8Primitives.ReadString(ref source)")),
            ("holds", Text("string?")),
            ("member", Text($"{property}_{position}")),
            ("property", Text(property)),
            ("field", Text(FieldOf(property))),
            ("position", Text(position)));
    }

    private bool IsFile(Node field)
    {
        var shape = Shape.Of(document, field);
        return shape.Kind == ShapeKind.File || (shape.Kind == ShapeKind.List && Shape.Of(document, shape.Items).Kind == ShapeKind.File);
    }

    private MapNode File(Node field)
    {
        var file = Map(("$ref", Text(JsonPointer.Create("components", "schemas", GeneratorSettings.FileUpload))));
        var description = field is MapNode schema ? Description(schema) : null;
        return Shape.Of(document, field).Kind == ShapeKind.List
            ? Map(("type", Text("array")), ("description", description), ("items", file))
            : Map(("allOf", List([file])), ("description", description));
    }

    // By what a type of a union is known, in literals.
    private static MapNode Arm(MapNode arm)
        => Map(arm.Entries.Select(static entry => (entry.Key, entry.Value switch
        {
            ListNode list => List(list.Texts.Select(static text => Text(CSharpText.Literal(text)))),
            ScalarNode { Text: var text } when entry.Key is "field" or "event" => Text(CSharpText.Literal(text)),
            var other => (Node?)other,
        })));

    private static MapNode Merge(MapNode? first, MapNode second)
    {
        foreach (var entry in first?.Entries ?? [])
        {
            second.Set(entry.Key, entry.Value);
        }

        return second;
    }

    // Whether there may be objects in it that have limits themselves.
    private bool HasNested(Node? node)
    {
        var shape = Shape.Of(document, node);
        return shape.Kind is ShapeKind.HandWritten || (shape.Kind == ShapeKind.Object && !IsFree(node)) || (shape.Kind is ShapeKind.List or ShapeKind.Map && HasNested(shape.Items));
    }
}
