using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>What of a valid document could only be generated wrongly is refused, with its place and what to write instead.</summary>
public sealed class RefusalTests
{
    private const string Model = "{ $ref: '#/components/schemas/Pet' }";

    [TestCase("{ type: object, properties: { a: { type: string, not: { enum: [a] } } } }", "TAI0047", "excludes values with 'not'")]
    [TestCase("{ type: object, properties: { at: { type: string, format: uri, maxLength: 9 } } }", "TAI0047", "'maxLength' is not checked on a time, a length, an address or an id")]
    [TestCase("{ type: object, properties: { a: { type: string, format: byte, pattern: a } } }", "TAI0047", "'pattern' is not checked on bytes")]
    [TestCase("{ type: object, properties: { a: { type: object, minProperties: 1, properties: { b: { type: string } } } } }", "TAI0047", "'minProperties' is not checked on an object")]
    [TestCase("{ type: object, properties: { a: { minimum: 1 } } }", "TAI0047", "'minimum' is not checked on a value that may be anything")]
    [TestCase("{ type: object, properties: { a: { type: integer, format: int32, maxLength: 3 } } }", "TAI0047", "'maxLength' is not checked on a number")]
    [TestCase("{ type: object, properties: { a: { type: string, enum: [a, b], maxLength: 3 } } }", "TAI0047", "'maxLength' is not checked on an enum value")]
    [TestCase("{ type: object, properties: { a: { type: array, uniqueItems: true, items: { $ref: '#/components/schemas/Other' } } } }", "TAI0047", "'uniqueItems' is checked only on lists of strings, numbers, booleans and enum values")]
    [TestCase("{ type: object, properties: { a: { type: number, format: decimal, maximum: 1e99 } } }", "TAI0047", "'maximum' is beyond the numbers that can be compared")]
    [TestCase("{ type: object, properties: { a: { type: array, x-memory: true, items: { type: string } } } }", "TAI0030", "'x-memory' is for fields that are an array of numbers with the format float.")]
    [TestCase("{ type: object, properties: { at: { type: integer, format: unix-time, minimum: 9 } } }", "TAI0047", "'minimum' is not checked on a time, a length, an address or an id")]
    [TestCase("{ type: object, properties: { a: { type: integer, x-absent: '' } } }", "TAI0030", "'x-absent' is for fields that are a string.")]
    [TestCase("{ type: object, properties: { a: { type: string, x-alias-of: seconds }, second: { type: string } } }", "TAI0030", "'x-alias-of' names 'seconds', which is no field beside it. Did you mean 'second'?")]
    [TestCase("{ type: object, properties: { a: { type: string, x-alias-of: a } } }", "TAI0030", "'x-alias-of' names a field that is an alias itself.")]
    [TestCase("{ type: object, properties: { a: { type: string, x-alias-of: b }, b: { type: integer } } }", "TAI0030", "'x-alias-of' is for fields that are a string.")]
    [TestCase("{ type: object, required: [b], properties: { a: { type: string, x-alias-of: b }, b: { type: string } } }", "TAI0030", "'x-alias-of' is for fields that are not required")]
    [TestCase("{ type: object, x-collection: true, properties: { a: { type: string } } }", "TAI0030", "'x-collection' belongs to a schema of several types (anyOf or oneOf).")]
    [TestCase("{ x-hand-written: [ToString], type: string }", "TAI0030", "'x-hand-written' belongs to a schema of several types (anyOf or oneOf).")]
    [TestCase("{ x-collection: true, anyOf: [{ type: string }, { type: number }] }", "TAI0030", "'x-collection' needs exactly one array among the types")]
    [TestCase("{ x-hand-written: [Txet], anyOf: [{ type: string }, { type: number }] }", "TAI0030", "'x-hand-written' names 'Txet', which is none of the members that may be written by hand: Text, Number, ToString.")]
    [TestCase("{ type: object, x-csharp-name: class }", "TAI0050", "'class' is no name in C#")]
    [TestCase("{ type: object, x-csharp-name: AClient }", "TAI0050", "The name 'AClient' is already used")]
    public void Schema_that_cannot_be_generated_is_refused(string schema, string code, string fault)
    {
        var generation = Generation.Of(SmallDocument.WithSchema(schema));

        Assert.That(generation.Faults.Select(one => $"({one.Place.Line}) {one.Code} {one.Sentence}"), Has.Some.StartsWith($"(6) {code} ").And.Contains(fault), $"{generation}");
        Assert.That(generation.Written, Is.Null);
    }

    [Test]
    public void Limits_of_what_is_only_received_are_not_checked_and_not_refused()
    {
        var generation = Generation.Of(SmallDocument.WithOperation($"tags: [A], operationId: Get, responses: {SmallDocument.Pet}")
            .Replace("Deep: { type: object,", "Deep: { type: object, minProperties: 1,", StringComparison.Ordinal));

        Assert.That(generation.Faults, Is.Empty, $"{generation}");
    }

    [TestCase("application/x-www-form-urlencoded", "takes a form. Name its schema with x-form.")]
    [TestCase("multipart/form-data", "takes a form. Name its schema with x-form.")]
    public void Form_that_is_no_object_is_refused(string type, string fault)
        => RequireFault($"requestBody: {{ required: true, content: {{ {type}: {{ schema: {{ type: string, format: binary }} }} }} }}, responses: {SmallDocument.Pet}", "TAI0044", fault);

    [TestCase("in: cookie, schema: { type: string }", "TAI0041", "has the parameter 'probe' in a cookie")]
    [TestCase("in: query, schema: {}", "TAI0042", "has the parameter 'probe', which is anything")]
    [TestCase("in: query, schema: { type: array, items: {} }", "TAI0042", "which is a list of which each item is anything")]
    [TestCase("in: query, schema: " + Model, "TAI0042", "has the parameter 'probe', which is an object")]
    [TestCase("in: query, schema: { type: object, additionalProperties: { type: string } }", "TAI0042", "has the parameter 'probe', which is an object")]
    [TestCase("in: query, schema: { type: string, format: byte }", "TAI0042", "has the parameter 'probe', which is bytes")]
    [TestCase("in: query, style: deepObject, schema: " + Model, "TAI0042", "has the parameter 'probe', which is an object")]
    [TestCase("in: query, schema: { oneOf: [{ type: string }, { $ref: '#/components/schemas/Pet' }] }", "TAI0042", "has the parameter 'probe', which is of several types")]
    [TestCase("in: query, allowReserved: true, schema: { type: string }", "TAI0043", "with allowReserved")]
    public void Parameter_that_cannot_be_sent_is_refused(string parameter, string code, string fault)
        => RequireFault($"parameters: [{{ name: probe, {parameter} }}], responses: {SmallDocument.Pet}", code, fault);

    [TestCase("X Probe")]
    [TestCase("X-Próbe")]
    [TestCase("X:Probe")]
    public void Header_with_a_name_that_HTTP_does_not_have_is_refused(string name)
        => RequireFault($"parameters: [{{ name: '{name}', in: header, schema: {{ type: string }} }}], responses: {SmallDocument.Pet}", "TAI0045", $"has the parameter '{name}', which cannot be the name of a header.");

    [Test]
    public void Pattern_with_brackets_that_NET_cannot_match_is_refused_where_it_is_sent([Values] bool isSent)
    {
        const string Schema = "{ type: object, properties: { a: { type: string, pattern: '^[\\u{1F600}-\\u{1F64F}]$' } } }";
        var document = SmallDocument.WithSchema(Schema);

        var generation = Generation.Of(isSent ? document : document.Replace("requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Holder' } } } }, responses: { '204': { description: D. } }", "responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Holder' } } } } }", StringComparison.Ordinal));

        Assert.That($"{generation}", isSent ? Does.Contain("error TAI0047: 'pattern' has a character beyond U+FFFF in brackets") : Is.Empty);
    }

    [TestCase("{ type: string }, style: matrix", "TAI0043", "with the style matrix")]
    public void Part_of_a_path_that_cannot_be_sent_is_refused(string parameter, string code, string fault)
        => RequireFault($"parameters: [{{ name: id, in: path, required: true, schema: {parameter} }}], responses: {SmallDocument.Pet}", code, fault, "/a/{id}");

    [Test]
    public void Operation_that_nothing_names_a_client_for_is_refused()
    {
        var generation = Generation.Of(SmallDocument.WithOperation($"operationId: Probe, responses: {SmallDocument.Pet}").Replace("title: T", "title: '...'", StringComparison.Ordinal));

        Assert.That($"{generation}", Is.EqualTo("api.yaml(5,5): error TAI0040: POST /a has no tag, and the document no title to name its client. Give it a tag."));
    }

    [Test]
    public void Limit_of_a_whole_request_is_refused()
        => RequireFault($"requestBody: {{ content: {{ application/json: {{ schema: {{ type: array, minItems: 1, items: {Model} }} }} }} }}, responses: {SmallDocument.Pet}", "TAI0047", "'minItems' is not checked on a whole request");

    private static void RequireFault(string operation, string code, string fault, string path = "/a")
    {
        var generation = Generation.Of(SmallDocument.WithOperation($"tags: [A], operationId: Probe, {operation}", path));

        Assert.That(generation.Faults, Has.Count.EqualTo(1), $"{generation}");
        Assert.That($"{generation}", Does.StartWith("api.yaml(5,").And.Contain($": error {code}: ").And.Contain(fault));
    }
}
