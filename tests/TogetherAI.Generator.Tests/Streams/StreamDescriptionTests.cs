using NUnit.Framework;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Streams;

/// <summary>What a document says of a stream comes out as what the client reads, or is an error where it stands.</summary>
public sealed class StreamDescriptionTests
{
    private const string Piece = "{ $ref: '#/components/schemas/Piece' }";

    [TestCase("x-stream: { data: text, text: [text] }", "text/event-stream: { schema: { type: string } }", "'text' does not go with 'data: text': plain text has no fields.")]
    [TestCase("x-stream: { data: json }", "text/event-stream: { schema: " + Piece + " }", "'data' can only be 'text'.")]
    [TestCase("x-stream: { text: [text] }", "text/event-stream: {}", "'text' names fields of a chunk, which has no schema. Write it under text/event-stream, or name it with 'chunk'.")]
    [TestCase("x-stream: { text: [txt] }", "text/event-stream: { schema: { type: object, properties: { data: " + Piece + " } } }", "there is no field 'txt'. Did you mean 'text'?")]
    [TestCase("x-stream: { text: [] }", "text/event-stream: { schema: " + Piece + " }", "'text' names no field. Name the field with the text, or remove 'text'.")]
    [TestCase("x-stream: { events: { a: { chunk: Piece, text: [] }, b: { completes: true } } }", "text/event-stream: {}", "'text' names no field. Name the field with the text, or remove 'text'.")]
    [TestCase("x-stream: { chunk: Pet }", "text/event-stream: { schema: { type: object, properties: { data: " + Piece + " } } }", "The chunk 'Pet' is not the schema under text/event-stream.")]
    [TestCase("x-stream: { events: { a: { chunk: Pett, completes: true } } }", "text/event-stream: {}", "The chunk 'Pett' is no schema. Did you mean 'Pet'?")]
    [TestCase("x-stream: { events: { a: { chunk: Piece, text: [txt] }, b: { completes: true } } }", "text/event-stream: {}", "there is no field 'txt'. Did you mean 'text'?")]
    [TestCase("x-stream: { flag: steam }", "text/event-stream: { schema: " + Piece + " }", "The flag 'steam' is no field of the request.")]
    [TestCase("x-stream: { text: [text], finish_reason: index }", "text/event-stream: { schema: " + Piece + " }", "'index' is a field of the type integer; it must be string.")]
    [TestCase("x-stream: { choices: items, index: text, text: [text], finish_reason: end, final: [id] }", "text/event-stream: { schema: { $ref: '#/components/schemas/Pet' } }", "'text' is a field of the type string; it must be integer or number.")]
    [TestCase("x-stream: { choices: id, index: index, text: [text], finish_reason: end, final: [id] }", "text/event-stream: { schema: { $ref: '#/components/schemas/Pet' } }", "'id' is no list of the chunk 'Pet'.")]
    [TestCase("x-stream: { terminator: 5 }", "text/event-stream: { schema: " + Piece + " }", "'terminator' must be a string, not a number.")]
    public void Description_that_cannot_yield_what_it_promises_is_an_error_where_it_stands(string stream, string content, string fault)
    {
        var generation = Generation.Of(Operation(stream, content));

        Assert.That(generation.Faults.Select(static one => $"({one.Place.Line}) {one.Code} {one.Sentence}"), Has.Some.StartsWith("(5) TAI0031 ").And.Contain(fault), $"{generation}");
        Assert.That(generation.Written, Is.Null);
    }

    [TestCase("schema: " + Piece, "end")]
    [TestCase("schema: { type: object, required: [data], properties: { data: " + Piece + ", event: { type: string } } }", "end")]
    [TestCase("schema: { oneOf: [{ type: object, properties: { data: " + Piece + " } }, { type: object, properties: { data: { type: string, enum: ['[DONE]'] } } }] }", "done")]
    [TestCase("schema: { anyOf: [" + Piece + ", { type: string, enum: ['[DONE]'] }] }", "done")]
    [TestCase("schema: { allOf: [{ type: object, properties: { data: " + Piece + " } }] }", "end")]
    [TestCase("schema: " + Piece + ", x-speakeasy-sse-sentinel: '[DONE]'", "done")]
    [TestCase("schema: { type: array, items: " + Piece + " }", "end")]
    [TestCase("schema: { type: object, properties: { data: { oneOf: [" + Piece + ", { type: string, enum: ['[DONE]'] }] } } }", "done")]
    [TestCase("schema: { oneOf: [{ type: object, properties: { event: { type: string, enum: [done] }, data: { type: string, enum: ['[DONE]'] } } }, { type: object, properties: { data: " + Piece + " } }] }", "done")]
    [TestCase("schema: { anyOf: [" + Piece + ", { type: string, enum: [eof] }] }", "done")]
    public void Chunk_and_end_are_found_in_what_a_document_says_of_events(string media, string end)
    {
        var operation = Written(Operation("tags: [A]", $"text/event-stream: {{ {media} }}"));

        Assert.That(operation.Map("x-csharp")!.Map("streams")!.Text("chunk"), Is.EqualTo("Piece"));
        Assert.That(operation.Map("x-stream")!.Has("completes_at_end"), Is.EqualTo(end == "end"));
        Assert.That(operation.Map("x-stream")!.Has("requires_done"), Is.EqualTo(end == "done"));
    }

    [TestCase("{ type: object, properties: { data: { type: string }, event: { type: string }, more: { type: string } } }", TestName = "Object_with_other_fields_is_the_chunk_itself")]
    [TestCase("{ type: object, properties: { event: { type: string } } }", TestName = "Object_without_data_is_the_chunk_itself")]
    [TestCase("{ type: object, properties: { id: { type: string } } }", TestName = "Object_with_an_id_alone_is_the_chunk_itself")]
    public void Chunk_is_no_event(string schema)
        => Assert.That(Written(Operation("tags: [A]", $"text/event-stream: {{ schema: {schema} }}")).Map("x-csharp")!.Map("streams")!.Text("chunk"), Is.Not.EqualTo("global::Newtonsoft.Json.Linq.JToken"));

    [Test]
    public void Text_that_is_no_terminator_ends_nothing()
    {
        var stream = Written(Operation("tags: [A]", "text/event-stream: { schema: { anyOf: [" + Piece + ", { type: string, enum: [heartbeat] }] } }")).Map("x-stream")!;

        Assert.That(stream.Has("terminator"), Is.False);
        Assert.That(stream.Has("completes_at_end"), Is.True);
    }

    [TestCase("{ oneOf: [{ properties: { event: { const: a }, data: " + Piece + " } }, { properties: { event: { const: b }, data: " + Piece + " } }] }", "a b")]
    [TestCase("{ properties: { event: { enum: [a, b] }, data: " + Piece + " } }", "a b")]
    [TestCase("{ oneOf: [{ properties: { event: { const: a }, data: " + Piece + " } }, { properties: { data: " + Piece + " } }] }", "a message")]
    [TestCase("{ oneOf: [{ properties: { event: { const: state }, data: { const: done } } }, { properties: { event: { const: a }, data: " + Piece + " } }] }", "state a")]
    [TestCase("{ properties: { event: { const: a }, data: " + Piece + " } }", null)]
    [TestCase("{ properties: { event: { enum: [a, b] }, data: { oneOf: [" + Piece + ", { $ref: '#/components/schemas/Deep' }] } } }", null)]
    [TestCase("{ oneOf: [{ properties: { event: { const: a }, data: { properties: { type: { const: x } } } } }, { properties: { event: { const: b }, data: { properties: { type: { const: y } } } } }] }", null)]
    public void Names_of_events_are_kept_where_nothing_else_tells_them_apart(string schema, string? names)
    {
        var operation = Written(Operation("tags: [A]", $"text/event-stream: {{ itemSchema: {schema} }}").Replace("openapi: 3.0.3", "openapi: 3.2.0", StringComparison.Ordinal));

        Assert.That(operation.Map("x-csharp")!.Map("streams")!.Has("isNamed"), Is.EqualTo(names is not null));
        Assert.That(operation.Map("x-stream")!.List("events")?.Maps.Select(static one => one.Text("name")!.Trim('"')), names is null ? Is.Null : Is.EqualTo(names.Split(' ')));
    }

    [Test]
    public void Operations_that_share_a_response_share_the_type_of_its_events()
    {
        var written = Generate("""
            openapi: 3.2.0
            info: { title: T, version: '1' }
            paths:
              /a: { get: { tags: [A], operationId: a, responses: { '200': { $ref: '#/components/responses/Events' } } } }
              /b: { get: { tags: [A], operationId: b, responses: { '200': { $ref: '#/components/responses/Events' } } } }
            components:
              responses:
                Events: { description: D., content: { text/event-stream: { itemSchema: { oneOf: [{ properties: { event: { const: x }, data: { type: integer } } }, { properties: { event: { const: y }, data: { type: boolean } } }] } } } }
            """, ForeignClient.Settings).Written!;

        var operations = written.Map("paths")!.Entries.Select(static path => (MapNode)((MapNode)path.Value).Entries[0].Value).ToList();
        Assert.That(operations.Select(static operation => operation.Map("x-csharp")!.Map("streams")!.Text("chunk")), Is.EqualTo(new[] { "AEvent", "AEvent" }));
        Assert.That(operations.Select(static operation => operation.Map("x-stream")!.List("events")!.Items.Count), Is.EqualTo(new[] { 2, 2 }));
        Assert.That(written.Map("components")!.Map("schemas")!.Keys, Does.Not.Contain("BEvent"));
    }

    [TestCase("text: [text]", true)]
    [TestCase("text: [text], finish_reason: end", false)]
    [TestCase("text: [text], done: required", false)]
    [TestCase("chunk: Piece", false, TestName = "Stream_that_is_described_without_text_needs_its_terminator")]
    public void End_of_the_body_completes_a_stream_of_which_nothing_else_does(string words, bool completesAtEnd)
        => Assert.That(Written(Operation($"x-stream: {{ {words} }}", "text/event-stream: { schema: " + Piece + " }")).Map("x-stream")!.Has("completes_at_end"), Is.EqualTo(completesAtEnd));

    [Test]
    public void JSON_line_with_data_alone_is_the_chunk_itself()
        => Assert.That(Written(Operation("tags: [A]", "application/x-ndjson: { schema: { type: object, properties: { data: " + Piece + " } } }")).Map("x-csharp")!.Map("streams")!.Text("chunk"), Is.Not.EqualTo("Piece"));

    [Test]
    public void Methods_are_written_only_where_the_settings_say_so()
    {
        var document = Operation("tags: [A]", "text/event-stream: { schema: " + Piece + " }");

        Assert.That(Written(document, GeneratorSettings.Default).Map("x-csharp")!.Has("streams"), Is.False);
        Assert.That(Written(document, GeneratorSettings.Default).Map("x-stream"), Is.Not.Null);
    }

    [Test]
    public void Setting_is_read_from_nswag_json([Values] bool isSet)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("nswag.json", $"{{ \"codeGenerators\": {{ \"openApiToCSharpClient\": {{ \"generateStreamMethods\": {(isSet ? "true" : "false")} }} }} }}");

        Assert.That(GeneratorSettings.Read(file).WritesStreams, Is.EqualTo(isSet));
    }

    [Test]
    public void Methods_of_one_client_never_share_a_name()
    {
        const string Response = "responses: { '200': { description: D., content: { application/json: {}, text/event-stream: {} } } }";
        var written = Generate($$"""
            openapi: 3.0.3
            info: { title: T, version: '1' }
            paths:
              /a: { post: { tags: [One], operationId: stream, {{Response}} } }
              /b: { post: { tags: [Two], operationId: a, {{Response}} } }
              /c: { post: { tags: [Two], operationId: a_stream, {{Response}} } }
              /d: { post: { tags: [Two], operationId: a_stream_bytes, {{Response}} } }
              /e: { post: { tags: [Two], operationId: stream_b, responses: { '200': { description: D., content: { text/event-stream: {} } } } } }
            """, ForeignClient.Settings).Written!;

        var methods = written.Map("paths")!.Entries
            .Select(static path => (MapNode)((MapNode)path.Value).Entries[0].Value)
            .SelectMany(static operation => new[] { "bytes", "chunks" }.Select(variant => operation.Map("x-csharp")!.Map("streams")!.Text(variant))
                .Append(operation.Map("x-csharp")!.Has("isStreamOnly") ? null : operation.Text("operationId")!.Split('_')[1])
                .OfType<string>()
                .Select(method => $"{operation.Text("operationId")!.Split('_')[0]}.{method}"))
            .ToList();

        Assert.That(methods, Is.Unique);
        Assert.That(methods, Does.Contain("One.StreamStream").And.Contain("Two.AStreamStream").And.Contain("Two.StreamB").And.Contain("Two.StreamBBytes"));
    }

    private static MapNode Written(string document, GeneratorSettings? settings = null)
    {
        var generation = Generate(document, settings ?? ForeignClient.Settings);
        Assert.That(generation.Written, Is.Not.Null, $"{generation}");
        return (MapNode)((MapNode)generation.Written!.Map("paths")!.Entries[0].Value).Entries[0].Value;
    }

    private static Generation Generate(string document, GeneratorSettings settings)
    {
        using var folder = new TemporaryFolder();
        return Generation.OfFile(folder.Write("api.yaml", document), settings: settings);
    }

    private static string Operation(string words, string content)
        => SmallDocument.WithOperation($"{(words.StartsWith("tags", StringComparison.Ordinal) ? "" : "tags: [A], ")}{words}, operationId: Ask, requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Ask' }} }} }} }}, responses: {{ '200': {{ description: D., content: {{ {content} }} }} }}");
}
