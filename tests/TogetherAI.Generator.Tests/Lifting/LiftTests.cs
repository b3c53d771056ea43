using NUnit.Framework;

namespace TogetherAI.Generator.Tests.Lifting;

/// <summary>What NSwag cannot generate is rewritten into what it can. Each case is a schema before and after.</summary>
public sealed class LiftTests
{
    [TestCase("{ type: [string, 'null'] }", "{ type: string, nullable: true }")]
    [TestCase("{ type: 'null' }", "{ nullable: true }")]
    [TestCase("{ type: [integer, number] }", "{ type: number }")]
    [TestCase("{ const: on }", "{ type: string, x-constant: on }")]
    [TestCase("{ type: string, examples: [a, b] }", "{ type: string, example: a }")]
    [TestCase("{ type: number, exclusiveMinimum: 0 }", "{ type: number, exclusiveMinimum: true, minimum: 0 }")]
    [TestCase("{ type: string, contentEncoding: base64 }", "{ type: string, format: byte }")]
    [TestCase("{ type: string, contentMediaType: application/octet-stream }", "{ type: string, format: binary }")]
    [TestCase("{ type: array, prefixItems: [{ type: string }, { type: integer }] }", "{ type: array, items: {} }")]
    [TestCase("true", "{}")]
    [TestCase("{ enum: [a, b, null] }", "{ allOf: [{ $ref: '#/components/schemas/ProbeField' }], nullable: true }")]
    public void Schema_of_31_becomes_one_of_30(string schema, string lifted)
        => Assert.That(Field(schema, "3.1.0"), Is.EqualTo(Json(lifted)));

    [TestCase("{ anyOf: [{ type: string }, { type: 'null' }] }", "{ type: string, nullable: true }")]
    [TestCase("{ oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: 'null' }] }", "{ allOf: [{ $ref: '#/components/schemas/Cat' }], nullable: true }")]
    [TestCase("{ anyOf: [{ type: integer, format: int32 }, { type: number }] }", "{ type: number }")]
    [TestCase("{ anyOf: [{ type: string }, {}] }", "{}")]
    [TestCase("{ oneOf: [{ type: string, format: binary }, { type: string, format: uri }] }", "{ type: string, format: binary }")]
    [TestCase("{ type: object, anyOf: [{ required: [a] }, { required: [b] }] }", "{ type: object }")]
    [TestCase("{ oneOf: [{ type: string }] }", "{ type: string }")]
    public void Union_with_a_simpler_type_becomes_that_type(string schema, string lifted)
        => Assert.That(Field(schema, "3.1.0"), Is.EqualTo(Json(lifted)));

    [Test]
    public void Words_and_any_text_become_one_open_set_of_words()
    {
        var document = LiftedDocument.Of("Probe: { type: object, properties: { field: { anyOf: [{ type: string, enum: [a, b] }, { type: string }] } } }");

        Assert.That(LiftedDocument.Json(document.Schema("ProbeField")), Is.EqualTo(Json("{ type: string, enum: [a, b] }")));
    }

    [TestCase("Names: { type: array, items: { type: string } }", "{ type: array, items: { type: string } }")]
    [TestCase("Names: { type: object, additionalProperties: { type: integer, format: int32 } }", "{ type: object, additionalProperties: { type: integer, format: int32 } }")]
    [TestCase("Names: { type: string, format: uuid }", "{ type: string, format: uuid }")]
    [TestCase("Names: { $ref: '#/components/schemas/Inner' }\nInner: { type: array, items: { $ref: '#/components/schemas/Plain' } }\nPlain: { type: boolean }", "{ type: array, items: { type: boolean } }")]
    public void Named_list_map_or_value_is_put_where_it_is_used(string schemas, string lifted)
    {
        var document = LiftedDocument.Of(schemas + "\nProbe: { type: object, properties: { field: { $ref: '#/components/schemas/Names' } } }");

        Assert.That(document.Schema("Probe")!["properties"]!["field"] is { } field ? LiftedDocument.Json(field) : null, Is.EqualTo(Json(lifted)));
        Assert.That(document.Schema("Names"), Is.Null);
    }

    [Test]
    public void List_of_itself_is_refused_where_it_stands()
    {
        var document = LiftedDocument.Of("Tree: { type: array, items: { $ref: '#/components/schemas/Tree' } }\nProbe: { type: object, properties: { field: { $ref: '#/components/schemas/Tree' } } }");

        Assert.That(document.Faults, Has.Some.Contains("The schema 'Tree' contains itself"));
    }

    [TestCase("Probe: { allOf: [{ $ref: '#/components/schemas/Cat' }, { type: object, required: [more], properties: { more: { type: boolean } } }] }")]
    [TestCase("Probe: { allOf: [{ $ref: '#/components/schemas/Cat' }], required: [more], properties: { more: { type: boolean } } }")]
    [TestCase("Probe: { allOf: [{ $ref: '#/components/schemas/Middle' }, { required: [more] }] }\nMiddle: { allOf: [{ $ref: '#/components/schemas/Cat' }, { properties: { more: { type: boolean } } }] }")]
    public void Composition_is_merged_into_one_schema(string schemas)
    {
        var probe = LiftedDocument.Of(schemas).Schema("Probe")!;

        Assert.That(probe["properties"]!.AsObject().Select(static field => field.Key), Is.EquivalentTo(new[] { "kind", "lives", "more" }));
        Assert.That(probe["required"]!.AsArray().Select(static field => (string)field!), Is.EquivalentTo(new[] { "kind", "more" }));
        Assert.That(probe["allOf"], Is.Null);
    }

    [TestCase("Probe: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }")]
    [TestCase("Probe: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }")]
    public void Union_of_objects_tells_them_apart_by_their_constant_field(string schema)
    {
        var union = LiftedDocument.Of(schema).Schema("Probe")!;

        Assert.That((bool)union["x-union"]!, Is.True);
        Assert.That((string)union["properties"]!["Cat"]!["x-arm"]!["field"]!, Is.EqualTo("kind"));
        Assert.That((string)union["properties"]!["Cat"]!["x-arm"]!["values"]![0]!, Is.EqualTo("cat"));
        Assert.That((string)union["properties"]!["Dog"]!["x-arm"]!["values"]![0]!, Is.EqualTo("dog"));
    }

    [Test]
    public void Schema_with_a_discriminator_is_a_union_of_those_that_build_on_it()
    {
        var document = LiftedDocument.Of(
            "Pet: { type: object, required: [petType], discriminator: { propertyName: petType, mapping: { b: Bird } }, properties: { petType: { type: string }, name: { type: string } } }\n"
            + "Bird: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { wings: { type: integer } } }] }\n"
            + "Fish: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { fins: { type: integer } } }] }");

        Assert.That((bool)document.Schema("Pet")!["x-union"]!, Is.True);
        Assert.That((string)document.Schema("Pet")!["properties"]!["Bird"]!["x-arm"]!["values"]![0]!, Is.EqualTo("b"));
        Assert.That((string)document.Schema("Pet")!["properties"]!["Fish"]!["x-arm"]!["values"]![0]!, Is.EqualTo("Fish"));
        Assert.That(document.Schema("Bird")!["properties"]!.AsObject().Select(static field => field.Key), Is.EquivalentTo(new[] { "petType", "name", "wings" }));
    }

    [Test]
    public void Inline_types_are_named_after_where_they_stand()
    {
        var document = LiftedDocument.Of("Probe: { type: object, properties: { max_size: { type: object, properties: { unit: { type: string, enum: [cm, inch] } } }, items: { type: array, items: { type: object, properties: { a: { type: string } } } } } }");

        Assert.That(document.Schema("ProbeMaxSize"), Is.Not.Null);
        Assert.That(document.Schema("ProbeMaxSizeUnit")!["enum"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(document.Schema("ProbeItemsItem"), Is.Not.Null);
    }

    [Test]
    public void Set_of_numbers_is_a_number_with_its_values_in_the_description()
        => Assert.That(Field("{ type: integer, format: int32, enum: [1, 2], description: The level. }"), Is.EqualTo(Json("{ type: integer, format: int32, description: \"The level.\\nOne of: 1, 2.\" }")));

    [Test]
    public void Default_is_told_and_not_sent()
        => Assert.That(Field("{ type: number, default: 0.5 }"), Is.EqualTo(Json("{ type: number, description: \"The server's default is 0.5.\" }")));

    [Test]
    public void Reference_into_a_schema_gets_a_name()
    {
        var document = LiftedDocument.Of("Probe: { type: object, properties: { field: { $ref: '#/components/schemas/Holder/properties/inner' } } }\nHolder: { type: object, properties: { inner: { type: object, properties: { a: { type: string } } } } }");

        Assert.That(document.Schema("HolderInner"), Is.Not.Null);
        Assert.That((string)document.Schema("Probe")!["properties"]!["field"]!["$ref"]!, Is.EqualTo("#/components/schemas/HolderInner"));
    }

    private static string Field(string schema, string version = "3.0.3")
        => LiftedDocument.Json(LiftedDocument.Of($"Probe: {{ type: object, properties: {{ field: {schema} }} }}", version).Schema("Probe")!["properties"]!["field"]);

    private static string Json(string yaml) => LiftedDocument.Json(yaml);
}
