using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>What a document says wrongly is an error at its place, all of it in one run.</summary>
public sealed class StrictReadingTests
{
    private const string Reply = "responses: { '204': { description: D. } }";

    private static IEnumerable<TestCaseData> Faults
    {
        get
        {
            // The same thing twice.
            yield return Fault("a_key_twice", SmallDocument.Head + $"  /a: {{ get: {{ tags: [A], operationId: Get, {Reply} }} }}\ncomponents:\n  schemas:\n    Pet: {{ type: object }}\n    Pet: {{ type: string }}\n", 8, 5, "TAI0004", "'Pet' is already at line 7");
            yield return Fault("a_path_twice", SmallDocument.Head + $"  /a: {{ get: {{ tags: [A], operationId: Get, {Reply} }} }}\n  /a: {{ post: {{ tags: [A], operationId: Send, {Reply} }} }}\n", 5, 3, "TAI0004", "'/a' is already at line 4");
            yield return Fault("a_path_with_other_names", SmallDocument.Head + $"  /a/{{x}}: {{ get: {{ tags: [A], operationId: Get, parameters: [{{ name: x, in: path, required: true, schema: {{ type: string }} }}], {Reply} }} }}\n  /a/{{y}}: {{ post: {{ tags: [A], operationId: Send, parameters: [{{ name: y, in: path, required: true, schema: {{ type: string }} }}], {Reply} }} }}\n", 5, 3, "TAI0021", "'/a/{y}' is the same as '/a/{x}', at line 4");
            yield return Fault("an_id_twice", SmallDocument.Head + $"  /a: {{ get: {{ tags: [A], operationId: Get, {Reply} }} }}\n  /b: {{ get: {{ tags: [B], operationId: Get, {Reply} }} }}\n", 5, 40, "TAI0020", "'Get' is already that of GET /a, at line 4");
            yield return Fault("a_method_twice", SmallDocument.Head + $"  /a: {{ get: {{ tags: [A], operationId: A_list, {Reply} }} }}\n  /b: {{ get: {{ tags: [A], operationId: List, {Reply} }} }}\n", 5, 40, "TAI0020", "the client A the method ListAsync, which it already has of GET /a, at line 4");
            yield return Fault("a_parameter_twice", SmallDocument.WithOperation("tags: [A], operationId: Get, parameters: [{ name: q, in: query, schema: { type: string } }, { name: q, in: query, schema: { type: string } }], " + Reply), 5, 105, "TAI0023", "'q' in query is already at line 5");

            // Words that there are not.
            yield return Fault("an_unknown_type", SmallDocument.WithSchema("{ type: banana }"), 6, 20, "TAI0013", "'type' cannot be 'banana'. It is one of array, boolean, integer, number, object, string.");
            yield return Fault("a_misspelt_type", SmallDocument.WithSchema("{ type: sting }"), 6, 20, "TAI0013", "Did you mean 'string'?");
            yield return Fault("a_misspelt_key", SmallDocument.WithSchema("{ tpye: integer }"), 6, 14, "TAI0010", "The Schema has no key 'tpye'. Did you mean 'type'?");
            yield return Fault("a_misspelt_key_in_3.1", SmallDocument.WithSchema("{ tpye: integer }", "3.1.0"), 6, 14, "TAI0010", "Did you mean 'type'?");
            yield return Fault("a_misspelt_key_of_an_operation", SmallDocument.WithOperation("tags: [A], operatonId: Get, " + Reply), 5, 24, "TAI0010", "Did you mean 'operationId'?");
            yield return Fault("a_misspelt_section", SmallDocument.Head + $"  /a: {{ get: {{ tags: [A], operationId: Get, {Reply} }} }}\ncomponets: {{}}\n", 5, 1, "TAI0010", "Did you mean 'components'?");
            yield return Fault("an_unknown_place_of_a_parameter", SmallDocument.WithOperation("tags: [A], operationId: Get, parameters: [{ name: q, in: body, schema: { type: string } }], " + Reply), 5, 70, "TAI0013", "'in' cannot be 'body'");
            yield return Fault("an_unknown_style", SmallDocument.WithOperation("tags: [A], operationId: Get, parameters: [{ name: q, in: query, style: comma, schema: { type: string } }], " + Reply), 5, 84, "TAI0013", "'style' cannot be 'comma'");
            yield return Fault("an_unknown_method", SmallDocument.Head + $"  /a: {{ fetch: {{ tags: [A], operationId: Get, {Reply} }} }}\n", 4, 9, "TAI0010", "The PathItem has no key 'fetch'.");
            yield return Fault("an_unknown_status", SmallDocument.WithOperation("tags: [A], operationId: Get, responses: { '20': { description: D. } }"), 5, 55, "TAI0010", "'20' is not a status code.");
            yield return Fault("a_path_without_a_slash", SmallDocument.Head + $"  a: {{ get: {{ tags: [A], operationId: Get, {Reply} }} }}\n", 4, 3, "TAI0010", "The path 'a' must begin with a slash.");
            yield return Fault("a_key_of_a_later_version", SmallDocument.WithSchema("{ const: a }"), 6, 14, "TAI0010", "has the key 'const' only in OpenAPI 3.1 and later; this document is 3.0");
            yield return Fault("a_merge_key", SmallDocument.WithSchema("{ <<: { type: string } }"), 6, 14, "TAI0010", "no merge keys");

            // Values of another type.
            yield return Fault("a_list_where_a_map_is_wanted", SmallDocument.WithSchema("{ type: object, properties: [a] }"), 6, 40, "TAI0012", "'properties' must be a map, not a list.");
            yield return Fault("nothing_where_a_map_is_wanted", SmallDocument.WithSchema("{ type: object, properties: }"), 6, 40, "TAI0012", "'properties' must be a map, but is missing.");
            yield return Fault("required_as_a_boolean", SmallDocument.WithSchema("{ type: object, required: true }"), 6, 38, "TAI0012", "'required' must be a list, not a boolean.");
            yield return Fault("a_negative_length", SmallDocument.WithSchema("{ type: string, maxLength: -1 }"), 6, 39, "TAI0012", "must not be negative");
            yield return Fault("half_a_length", SmallDocument.WithSchema("{ type: string, maxLength: 1.5 }"), 6, 39, "TAI0012", "'maxLength' must be a whole number, not a number.");
            yield return Fault("types_of_3.1", SmallDocument.WithSchema("{ type: [string, 'null'] }"), 6, 20, "TAI0012", "OpenAPI 3.0 has one type and nullable; several came with 3.1.");
            yield return Fault("null_without_quotation_marks", SmallDocument.WithSchema("{ type: null }", "3.1.0"), 6, 20, "TAI0012", "Quote 'null', because YAML");

            // What is missing.
            yield return Fault("no_title", "openapi: 3.0.3\ninfo: { version: '1' }\npaths: {}\n", 2, 7, "TAI0011", "The Info needs the key 'title'.");
            yield return Fault("no_responses", SmallDocument.WithOperation("tags: [A], operationId: Get"), 5, 11, "TAI0011", "The Operation needs the key 'responses'.");
            yield return Fault("no_items", SmallDocument.WithSchema("{ type: object, properties: { a: { type: array } } }"), 6, 45, "TAI0011", "needs the key 'items'");
            yield return Fault("a_parameter_without_a_schema", SmallDocument.WithOperation("tags: [A], operationId: Get, parameters: [{ name: q, in: query }], " + Reply), 5, 55, "TAI0011", "'q' needs the key 'schema'");

            // What contradicts itself.
            yield return Fault("a_required_field_that_there_is_not", SmallDocument.WithSchema("{ type: object, required: [modl], properties: { model: { type: string } } }"), 6, 39, "TAI0024", "'modl' is required, but is no field of the schema. Did you mean 'model'?");
            yield return Fault("an_enumerated_boolean_of_strings", SmallDocument.WithSchema("{ type: string, enum: [on, true] }"), 6, 39, "TAI0025", "The value true is a boolean, but the schema's type is string. Put it in quotation marks.");
            yield return Fault("an_enumerated_value_twice", SmallDocument.WithSchema("{ type: string, enum: [a, b, a] }"), 6, 41, "TAI0025", "The value 'a' is already at line 6");
            yield return Fault("an_empty_enumeration", SmallDocument.WithSchema("{ type: string, enum: [] }"), 6, 34, "TAI0025", "'enum' is empty");
            yield return Fault("bounds_that_cross", SmallDocument.WithSchema("{ type: string, minLength: 5, maxLength: 2 }"), 6, 28, "TAI0026", "'minLength' is greater than 'maxLength'");
            yield return Fault("a_pattern_that_is_none", SmallDocument.WithSchema("{ type: string, pattern: '[a' }"), 6, 37, "TAI0026", "The pattern is invalid: ");
            yield return Fault("exclusive_bounds_that_meet", SmallDocument.WithSchema("{ type: number, exclusiveMinimum: 5, exclusiveMaximum: 5 }", "3.1.0"), 6, 28, "TAI0026", "No value is valid that is greater than 'exclusiveMinimum' and within 'exclusiveMaximum'.");
            yield return Fault("an_exclusive_bound_above_the_maximum", SmallDocument.WithSchema("{ type: number, exclusiveMinimum: 5, maximum: 5 }", "3.1.0"), 6, 28, "TAI0026", "within 'maximum'");
            yield return Fault("an_exclusive_bound_below_the_minimum", SmallDocument.WithSchema("{ type: number, minimum: 5, exclusiveMaximum: 5 }", "3.1.0"), 6, 40, "TAI0026", "No value is valid that is at least 'minimum' and less than 'exclusiveMaximum'.");
            yield return Fault("bounds_that_exclude_the_only_value", SmallDocument.WithSchema("{ type: number, minimum: 5, maximum: 5, exclusiveMinimum: true }"), 6, 52, "TAI0026", "within 'maximum'");
            yield return Fault("a_security_scheme_of_no_header", SmallDocument.WithSchema("{ type: string }").Replace("components:\n", "components:\n  securitySchemes: { key: { type: apiKey, in: header, name: X Key } }\n", StringComparison.Ordinal), 5, 61, "TAI0045", "has the header 'X Key', which cannot be the name of a header.");
            yield return Fault("a_parameter_that_is_not_in_the_path", SmallDocument.WithOperation("tags: [A], operationId: Get, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], " + Reply), 5, 55, "TAI0022", "POST /a has the parameter 'id', which is not in its path");
            yield return Fault("a_parameter_that_is_only_in_the_path", SmallDocument.WithOperation("tags: [A], operationId: Get, " + Reply, "/a/{id}"), 5, 5, "TAI0022", "POST /a/{id} does not declare the parameter 'id'");
            yield return Fault("an_optional_part_of_a_path", SmallDocument.WithOperation("tags: [A], operationId: Get, parameters: [{ name: id, in: path, schema: { type: string } }], " + Reply, "/a/{id}"), 5, 55, "TAI0022", "must say 'required: true'");
            yield return Fault("an_unknown_security_scheme", SmallDocument.WithOperation("tags: [A], operationId: Get, security: [{ key: [] }], " + Reply), 5, 55, "TAI0027", "There is no security scheme 'key'");
            yield return Fault("a_discriminator_that_is_no_field", SmallDocument.WithSchema("{ oneOf: [{ $ref: '#/components/schemas/Other' }], discriminator: { propertyName: kind } }"), 6, 30, "TAI0028", "The discriminator 'kind' is no field of this schema.");
            yield return Fault("a_mapping_to_nothing", SmallDocument.WithSchema("{ oneOf: [{ $ref: '#/components/schemas/Other' }], discriminator: { propertyName: id, mapping: { a: Othre } } }"), 6, 112, "TAI0007", "names 'Othre', which is no schema. Did you mean 'Other'?");

            // Without end.
            yield return Fault("a_schema_that_is_one_of_itself", SmallDocument.WithSchema("{ oneOf: [{ type: string }, { $ref: '#/components/schemas/Probe' }] }"), 6, 48, "TAI0048", "The schema 'Probe' is one of itself. Take it out of the list.");
            yield return Fault("a_schema_that_is_any_of_itself", SmallDocument.WithSchema("{ anyOf: [{ type: integer }, { $ref: '#/components/schemas/Probe' }, { $ref: '#/components/schemas/Other' }] }"), 6, 49, "TAI0048", "The schema 'Probe' is one of itself.");
            yield return Fault("schemas_that_are_one_of_each_other", SmallDocument.WithSchema("{ oneOf: [{ type: string }, { anyOf: [{ $ref: '#/components/schemas/Circle' }] }] }\n    Circle: { anyOf: [{ $ref: '#/components/schemas/Probe' }, { type: boolean }] }"), 6, 58, "TAI0048", "The schema 'Probe' is one of itself, through 'Circle'. Take it out of the list.");
            yield return Fault("a_schema_that_is_a_part_of_itself", SmallDocument.WithSchema("{ allOf: [{ $ref: '#/components/schemas/Circle' }] }\n    Circle: { allOf: [{ $ref: '#/components/schemas/Probe' }, { type: object, properties: { a: { type: string } } }] }"), 6, 30, "TAI0048", "The schema 'Probe' is a part of itself, through 'Circle'.");

            // References.
            yield return Fault("a_reference_to_nothing", SmallDocument.WithSchema("{ type: object, properties: { a: { $ref: '#/components/schemas/Othr' } } }"), 6, 53, "TAI0007", "'#/components/schemas/Othr' names nothing. Did you mean 'Other'?");
            yield return Fault("a_reference_to_another_kind", SmallDocument.WithOperation("tags: [A], operationId: Get, parameters: [{ $ref: '#/components/schemas/Pet' }], " + Reply), 5, 63, "TAI0007", "names no Parameter");
            yield return Fault("a_reference_to_itself", SmallDocument.WithSchema("{ $ref: '#/components/schemas/Probe' }"), 6, 20, "TAI0007", "leads back to itself", alsoElsewhere: true);
            yield return Fault("a_reference_to_another_host", SmallDocument.WithSchema("{ $ref: 'https://example.com/a.yaml#/Pet' }"), 6, 20, "TAI0006", "leads to another host (https)");
            yield return Fault("a_reference_to_no_file", SmallDocument.WithSchema("{ $ref: 'missing.yaml#/Pet' }"), 6, 20, "TAI0007", "There is no file");

            // Not a document.
            yield return Fault("a_tab", "openapi: 3.0.3\ninfo:\n\ttitle: T\n", 3, 1, "TAI0003", "a tab is used for indentation");
            yield return Fault("a_wrong_indent", "openapi: 3.0.3\ninfo:\n  title: T\n   version: '1'\n", 4, 11, "TAI0003", "This is not YAML");
            yield return Fault("an_empty_document", "", 1, 1, "TAI0003", "The document is empty.");
            yield return Fault("a_document_of_comments", "# nothing\n", 2, 1, "TAI0003", "The document is empty.");
            yield return Fault("a_list", "- a\n", 1, 1, "TAI0012", "An OpenAPI document must be a map, not a list.");
            yield return Fault("no_version", "info: { title: T, version: '1' }\npaths: {}\n", 1, 1, "TAI0011", "needs the key 'openapi'");
            yield return Fault("another_version", "openapi: 4.0.0\ninfo: { title: T, version: '1' }\npaths: {}\n", 1, 10, "TAI0005", "The version 4.0.0 of OpenAPI cannot be read.");
            yield return Fault("swagger", "swagger: '2.0'\ninfo: { title: T, version: '1' }\npaths: {}\n", 1, 1, "TAI0005", "Swagger 2.0 cannot be read.");
            yield return Fault("two_documents", "openapi: 3.0.3\n---\nopenapi: 3.0.3\n", 2, 1, "TAI0003", "A second document begins here.");

            // Our extensions.
            yield return Fault("a_misspelt_extension", SmallDocument.WithOperation("tags: [A], operationId: Get, x-strem: {}, " + Reply), 5, 42, "TAI0030", "Nobody reads 'x-strem'. Did you mean 'x-stream'?");
            yield return Fault("an_extension_of_the_wrong_type", SmallDocument.WithOperation("tags: [A], operationId: Get, x-form: true, " + Reply), 5, 50, "TAI0030", "'x-form' must be a string, not a boolean.");
            yield return Fault("a_word_for_idempotence", SmallDocument.WithOperation("tags: [A], operationId: Get, x-idempotent: never, " + Reply), 5, 56, "TAI0030", "'x-idempotent' must be true or false, not a string.");
            yield return Fault("idempotence_that_depends_on_no_field", SmallDocument.WithOperation("tags: [A], operationId: Get, x-idempotent: { unless: async }, " + Reply), 5, 66, "TAI0030", "'unless' of 'x-idempotent' names 'async', which is no boolean of the request of POST /a.");
            yield return Fault("idempotence_that_depends_on_nothing", SmallDocument.WithOperation("tags: [A], operationId: Get, x-idempotent: {}, " + Reply), 5, 56, "TAI0030", "'unless' of 'x-idempotent' must name the boolean of the request that makes it not idempotent.");
            yield return Fault("a_form_that_is_no_schema", SmallDocument.WithOperation("tags: [A], operationId: Get, x-form: Pett, requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/Pet' } } } }, " + Reply), 5, 50, "TAI0030", "'x-form' names 'Pett', which is no schema. Did you mean 'Pet'?");
            yield return Fault("an_extension_in_the_wrong_place", SmallDocument.WithSchema("{ type: string, x-stream: {} }"), 6, 28, "TAI0030", "belongs to an object of the kind Operation");
            yield return Fault("a_managed_field_of_nobody", SmallDocument.WithSchema("{ type: boolean, x-managed: true }"), 6, 29, "TAI0030", "'x-managed' belongs to the field that an 'x-stream' names as its flag");
            yield return Fault("too_few_names", SmallDocument.WithSchema("{ type: string, enum: ['1:1', '2:1'], x-enumNames: [Square] }"), 6, 50, "TAI0030", "'x-enumNames' has 1 names for 2 values.");
            yield return Fault("an_extension_of_the_generator", SmallDocument.WithSchema("{ type: string, x-csharp: {} }"), 6, 28, "TAI0030", "'x-csharp' is written by the generator itself.");
        }
    }

    private static IEnumerable<TestCaseData> Streams
    {
        get
        {
            yield return Stream("an_unknown_word", "flag: stream, chunk: Pet, chioces: items", "TAI0031", "'x-stream' has no key 'chioces'. Did you mean 'choices'?");
            yield return Stream("a_chunk_that_is_no_schema", "flag: stream, chunk: Pett", "TAI0031", "The chunk 'Pett' is no schema. Did you mean 'Pet'?");
            yield return Stream("another_chunk", "flag: stream, chunk: Piece", "TAI0031", "The chunk 'Piece' is not the schema under text/event-stream.");
            yield return Stream("a_flag_that_is_no_field", "flag: steam, chunk: Pet", "TAI0031", "The flag 'steam' is no field of the request. Did you mean 'stream'?");
            yield return Stream("a_flag_that_is_no_boolean", "flag: other, chunk: Pet", "TAI0031", "The flag 'other' must be a boolean");
            yield return Stream("choices_that_are_no_list", "flag: stream, chunk: Pet, choices: id, index: index, text: [text], finish_reason: end, final: [id]", "TAI0031", "'id' is no list of the chunk 'Pet'.");
            yield return Stream("a_text_that_is_no_field", "flag: stream, chunk: Pet, choices: items, index: index, text: [txt], finish_reason: end, final: [id]", "TAI0031", "The path 'txt' is invalid: there is no field 'txt'. Did you mean 'text'?");
            yield return Stream("a_text_that_is_a_number", "flag: stream, chunk: Pet, choices: items, index: index, text: [deep/number], finish_reason: end, final: [id]", "TAI0031", "leads to a field of the type integer");
            yield return Stream("a_final_field_that_there_is_not", "flag: stream, chunk: Pet, choices: items, index: index, text: [text], finish_reason: end, final: [usage]", "TAI0031", "The field 'usage' is none of the chunk.");
            yield return Stream("choices_without_text", "flag: stream, chunk: Pet, choices: items", "TAI0031", "needs the key 'text'");
            yield return Stream("an_end_without_text", "flag: stream, chunk: Pet, finish_reason: id", "TAI0031", "needs the key 'text' where it has 'finish_reason'");
            yield return Stream("a_text_of_the_chunk_that_is_no_field", "flag: stream, chunk: Pet, text: [txt]", "TAI0031", "there is no field 'txt'");
            yield return Stream("a_text_that_is_no_position", "flag: stream, chunk: Pet, text: [items/a/text]", "TAI0031", "there is no field 'a'");
            yield return Stream("another_word_for_done", "flag: stream, chunk: Pet, text: [id], done: sometimes", "TAI0031", "'done' can only be 'required'");
            yield return Stream("events_that_are_no_map", "flag: stream, chunk: Pet, events: [a]", "TAI0031", "'events' must be a map");
            yield return Stream("events_beside_text", "flag: stream, chunk: Pet, text: [id], events: { a: { completes: true } }", "TAI0031", "'text' does not go with 'events'");
            yield return Stream("a_name_of_events_that_is_no_field", "flag: stream, chunk: Pet, event: type, events: { a: { completes: true } }", "TAI0031", "'type' is no field of the chunk");
            yield return Stream("a_misspelt_word_of_an_event", "flag: stream, chunk: Pet, events: { a: { complete: true } }", "TAI0031", "An event has no key 'complete'. Did you mean 'completes'?");
            yield return Stream("a_text_of_an_event_that_is_no_field", "flag: stream, chunk: Pet, events: { a: { text: [items/0/txt], completes: true } }", "TAI0031", "there is no field 'txt'");
            yield return Stream("a_finish_reason_of_an_event_that_is_no_field", "flag: stream, chunk: Pet, events: { a: { finish_reason: reason, completes: true } }", "TAI0031", "there is no field 'reason'");
            yield return Stream("nothing_that_completes_it", "flag: stream, chunk: Pet, events: { a: { text: [id] } }", "TAI0031", "Nothing completes the stream.");
        }
    }

    [TestCaseSource(nameof(Faults))]
    public void Document_with(string document, int line, int column, string code, string sentence, bool alsoElsewhere)
    {
        var generation = Generation.Of(document);

        var fault = generation.Faults.FirstOrDefault(fault => fault.Place.Line == line && fault.Place.Column == column && fault.Code == code);
        Assert.That(fault?.Sentence, Does.Contain(sentence), $"{generation}");
        Assert.That(generation.Written, Is.Null);
        if (!alsoElsewhere)
        {
            Assert.That(generation.Faults, Has.Count.EqualTo(1), $"{generation}");
        }
    }

    [TestCaseSource(nameof(Streams))]
    public void Stream_with(string stream, string code, string sentence)
    {
        var generation = Generation.Of(SmallDocument.WithOperation(
            $"tags: [A], operationId: Ask, x-stream: {{ {stream} }}, "
            + "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Ask' } } } }, "
            + "responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Piece' } }, text/event-stream: { schema: { $ref: '#/components/schemas/Pet' } } } } }"));

        Assert.That(generation.Faults.Where(fault => fault.Place.Line == 5).Select(fault => $"{fault.Code} {fault.Sentence}"), Has.Some.StartsWith(code).And.Contain(sentence), $"{generation}");
        Assert.That(generation.Written, Is.Null);
    }

    [Test]
    public void Stream_without_a_response_of_events_is_refused()
    {
        var generation = Generation.Of(SmallDocument.WithOperation($"tags: [A], operationId: Ask, x-stream: {{ chunk: Pet }}, responses: {SmallDocument.Pet}"));

        Assert.That($"{generation}", Does.StartWith("api.yaml(5,52): error TAI0031: POST /a has 'x-stream', but no response of text/event-stream or of JSON lines"));
    }

    [Test]
    public void All_faults_are_reported_in_one_run_in_the_order_of_lines()
    {
        var generation = Generation.Of("""
            openapi: 3.0.3
            info: { title: T, version: '1', vresion: '2' }
            paths:
              /a: { get: { tags: [A], operationId: Get, responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Nothing' } } } } } } }
              /a: { get: { tags: [A], operationId: Get2, responses: { '204': { description: D. } } } }
            components:
              schemas:
                Pet: { type: object, required: [nmae], properties: { name: { type: banana } } }
            """);

        Assert.That(generation.Faults.Select(fault => (fault.Place.Line, fault.Code)), Is.EqualTo(new[] { (2, "TAI0010"), (4, "TAI0007"), (5, "TAI0004"), (8, "TAI0024"), (8, "TAI0013") }), $"{generation}");
    }

    [Test]
    public void Json_has_places_too()
    {
        var generation = Generation.Of("{\n  \"openapi\": \"3.0.3\",\n  \"info\": { \"title\": \"T\", \"version\": \"1\", \"title\": \"U\" },\n  \"paths\": { \"/a\": { \"get\": { \"tpye\": 1, \"responses\": {} } } }\n}\n", "api.json");

        Assert.That($"{generation}", Does.StartWith("api.json(3,43): error TAI0004: ").And.Contain("api.json(4,31): error TAI0010: The Operation has no key 'tpye'"));
    }

    [Test]
    public void Json_that_is_broken_is_an_error_at_its_place()
        => Assert.That($"{Generation.Of("{\n  \"openapi\": \"3.0.3\",\n  oops\n}", "api.json")}", Does.StartWith("api.json(3,3): error TAI0003: This is not JSON"));

    [Test]
    public void Aliases_that_multiply_are_refused_before_they_fill_the_memory()
    {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(static level => $"{(char)('a' + level)}: &{(char)('a' + level)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + level - 1)}", 10))}]\n"));

        Assert.That($"{Generation.Of(bomb)}", Does.Contain("error TAI0003").And.Contain("aliases make it too large"));
    }

    [Test]
    public void Keys_that_nobody_knows_in_3_1_are_warnings_as_JSON_Schema_allows_them()
    {
        var generation = Generation.Of(SmallDocument.WithSchema("{ type: string, errorMessage: no }", "3.1.0"));

        Assert.That($"{generation}", Is.EqualTo("api.yaml(6,28): warning TAI0010: The Schema has no key 'errorMessage'. It is ignored."));
        Assert.That(generation.Written, Is.Not.Null);
    }

    [Test]
    public void Document_that_is_lenient_where_YAML_is_passes()
    {
        var generation = Generation.Of(SmallDocument.Head.Replace("'1'", "1.0", StringComparison.Ordinal) + $"  /a: {{ get: {{ tags: [A], operationId: Get, description: , x-other: {{ type: banana }}, {Reply} }} }}\n");

        Assert.That(generation.Faults, Is.Empty, $"{generation}");
    }

    private static TestCaseData Fault(string name, string document, int line, int column, string code, string sentence, bool alsoElsewhere = false)
        => new TestCaseData(document, line, column, code, sentence, alsoElsewhere).SetName($"Document_with_{name}_is_an_error_at_its_place");

    private static TestCaseData Stream(string name, string stream, string code, string sentence)
        => new TestCaseData(stream, code, sentence).SetName($"Stream_with_{name}_is_an_error");
}
