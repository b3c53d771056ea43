using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace TogetherAI.Tests.Document;

public sealed class ExampleTests
{
    private static IEnumerable<DocumentExample> Examples => DocumentExample.All;

    private static IEnumerable<DocumentOperation> Operations => TogetherDocument.Operations;

    [TestCaseSource(nameof(Examples))]
    public async Task Example_of_the_document_fits_its_schema(object example)
    {
        var (_, schema, value) = (DocumentExample)example;

        var faults = await SchemaCheck.FaultsAsync(schema, value);

        Assert.That(faults, Is.Empty);
    }

    [TestCaseSource(nameof(Operations))]
    public void Operation_has_an_example_for_every_content(object operation)
    {
        var contents = ((DocumentOperation)operation).Contents;

        var bare = from place in contents
                   from media in place.Content.Properties()
                   where media.Value["example"] is null && media.Value["examples"] is not JObject { Count: > 0 }
                   select $"{place.Where} {media.Name}";

        Assert.That(bare, Is.Empty);
    }

    [TestCase("max_tokens", "'64'", TestName = "Check_text_for_a_number_is_a_fault")]
    [TestCase("max_tokens", "1.5", TestName = "Check_fraction_for_an_integer_is_a_fault")]
    [TestCase("max_tokens", "null", TestName = "Check_null_where_none_is_allowed_is_a_fault")]
    [TestCase("stop", "'x'", TestName = "Check_text_for_a_list_is_a_fault")]
    [TestCase("stop", "[1]", TestName = "Check_number_in_a_list_of_texts_is_a_fault")]
    [TestCase("model", "''", TestName = "Check_text_that_is_too_short_is_a_fault")]
    [TestCase("request_type", "'nonsense'", TestName = "Check_word_outside_an_enum_is_a_fault")]
    [TestCase("max_token", "64", TestName = "Check_field_that_the_schema_lacks_is_a_fault")]
    public async Task Check_damaged_example_is_a_fault(string field, string value)
    {
        var example = DocumentExample.All.First(example => TogetherDocument.NameOf(example.Schema) == nameof(InferenceRequest));
        var damaged = (JObject)example.Value.DeepClone();
        damaged[field] = JToken.Parse(value);

        var faults = await SchemaCheck.FaultsAsync(example.Schema, damaged);

        Assert.That(faults, Has.Count.EqualTo(1).And.One.Contains(field));
    }

    [Test]
    public async Task Check_missing_required_field_is_a_fault()
    {
        var example = DocumentExample.All.First(example => TogetherDocument.NameOf(example.Schema) == nameof(InferenceRequest));
        var damaged = (JObject)example.Value.DeepClone();
        damaged.Remove("prompt");

        var faults = await SchemaCheck.FaultsAsync(example.Schema, damaged);

        Assert.That(faults, Has.Count.EqualTo(1).And.One.Contains("prompt"));
    }

    [Test]
    public async Task Check_null_where_it_is_allowed_is_no_fault()
    {
        var schema = JObject.Parse("""{"$ref": "#/components/schemas/InferenceChunk"}""");

        var faults = await SchemaCheck.FaultsAsync(schema, JObject.Parse("""{"token": null, "usage": null, "id": null}"""));

        Assert.That(faults, Is.Empty);
    }
}
