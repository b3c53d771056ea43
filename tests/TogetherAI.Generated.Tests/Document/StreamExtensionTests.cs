using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace TogetherAI.Tests.Document;

/// <summary>The words of <c>x-stream</c> and <c>x-managed</c> agree with the schemas around them.</summary>
public sealed class StreamExtensionTests
{
    private static readonly string[] Words = ["flag", "chunk"];

    private static readonly string[] WordsOfText = [.. Words, "choices", "index", "text", "finish_reason", "final"];

    private static IEnumerable<DocumentOperation> Streams => TogetherDocument.Streams;

    private static readonly string[] WordsOfEvents = [.. Words, "event", "events"];

    private static IEnumerable<DocumentOperation> TextStreams => Streams.Where(operation => operation.Stream!["text"] is not null);

    private static IEnumerable<DocumentOperation> EventStreams => Streams.Where(operation => operation.StreamEvents.Any());

    [Test]
    public void Extension_stands_on_exactly_the_operations_with_events()
    {
        var described = TogetherDocument.Operations.Where(operation => operation.Stream is not null);

        Assert.That(described, Is.EquivalentTo(TogetherDocument.Streams).And.Not.Empty);
    }

    [TestCaseSource(nameof(Streams))]
    public void Extension_has_every_word_and_no_other(object operation)
    {
        var stream = (DocumentOperation)operation;

        Assert.That(
            stream.Stream!.Properties().Select(word => word.Name).Where(word => word != "whole" || !stream.HasText),
            Is.EquivalentTo(stream.StreamEvents.Any() ? WordsOfEvents : stream.HasText ? WordsOfText : Words));
    }

    [TestCaseSource(nameof(Streams))]
    public void Operation_with_events_answers_as_a_whole_too(object operation)
    {
        var content = ((DocumentOperation)operation).SuccessContent!;

        Assert.That(content, Has.Count.GreaterThan(1));
    }

    [TestCaseSource(nameof(Streams))]
    public void Chunk_is_the_schema_of_the_events(object operation)
    {
        var stream = (DocumentOperation)operation;

        Assert.That((string?)stream.Stream!["chunk"], Is.EqualTo(TogetherDocument.NameOf(stream.EventSchema)));
    }

    [TestCaseSource(nameof(Streams))]
    public void Flag_is_the_one_managed_boolean_of_the_request(object operation)
    {
        var stream = (DocumentOperation)operation;
        var fields = Fields(stream.RequestSchema);

        var managed = fields.Properties().Where(field => (bool?)field.Value["x-managed"] == true).ToList();

        Assert.That(managed.Select(field => field.Name), Is.EqualTo(new[] { (string?)stream.Stream!["flag"] }));
        Assert.That((string?)managed[0].Value["type"], Is.EqualTo("boolean"));
    }

    [TestCaseSource(nameof(TextStreams))]
    public void Names_lead_to_fields_of_the_chunk(object operation)
    {
        var stream = (DocumentOperation)operation;
        var words = stream.Stream!;
        var chunk = Fields(stream.EventSchema);
        var choices = chunk[(string)words["choices"]!]!;
        var choice = Fields(choices["items"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)choices["type"], Is.EqualTo("array"));
            Assert.That(choice.ContainsKey((string)words["index"]!));
            Assert.That(choice.ContainsKey((string)words["finish_reason"]!));
            Assert.That(words["text"]!.Select(path => TypeAt(choice, (string)path!)), Is.All.EqualTo("string").And.Not.Empty);
            Assert.That(words["final"]!.Select(name => (string)name!), Is.SubsetOf(chunk.Properties().Select(field => field.Name)));
        }
    }

    [TestCaseSource(nameof(TextStreams))]
    public void Whole_message_stands_for_an_object_with_the_text(object operation)
    {
        var words = ((DocumentOperation)operation).Stream!;

        Assert.That(words["whole"] is null || words["text"]!.Any(path => ((string)path!).Contains('/')));
    }

    [TestCaseSource(nameof(TextStreams))]
    public void Mark_of_the_last_chunk_is_no_array(object operation)
    {
        var stream = (DocumentOperation)operation;
        var chunk = Fields(stream.EventSchema);

        Assert.That(stream.Stream!["final"]!.Select(name => (string?)chunk[(string)name!]!["type"]), Has.None.EqualTo("array"));
    }

    [TestCaseSource(nameof(EventStreams))]
    public void Names_of_events_are_those_of_the_chunk_and_lead_to_its_fields(object operation)
    {
        var stream = (DocumentOperation)operation;
        var chunk = Fields(stream.EventSchema);
        var name = TogetherDocument.Resolve(chunk[(string)stream.Stream!["event"]!]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.StreamEvents.Select(words => words.Name), Is.SubsetOf(name["enum"]!.Select(word => (string)word!)));
            Assert.That(stream.StreamEvents.SelectMany(words => words.Value["text"] ?? new JArray()).Select(path => TypeAt(chunk, (string)path!)), Is.All.EqualTo("string").And.Not.Empty);
            Assert.That(stream.StreamEvents.Select(words => words.Value["finish_reason"]).OfType<JToken>().Select(path => TypeAt(chunk, (string)path!)), Is.All.EqualTo("string"));
            Assert.That(stream.StreamEvents.Count(words => (bool?)words.Value["completes"] == true), Is.Positive);
            Assert.That(stream.StreamEvents.Count(words => words.Value["error"] is not null || (bool?)words.Value["fails"] == true), Is.Positive);
        }
    }

    [Test]
    public void Managed_field_belongs_to_a_request_that_streams()
    {
        var requests = TogetherDocument.Streams.Select(operation => TogetherDocument.NameOf(operation.RequestSchema));

        var owners = from schema in TogetherDocument.Schemas
                     where schema.Value.SelectTokens("$.properties.*.x-managed").Any()
                     select schema.Key;

        Assert.That(owners, Is.SubsetOf(requests));
    }

    private static JObject Fields(JToken schema) => (JObject)TogetherDocument.Resolve(schema)["properties"]!;

    private static string? TypeAt(JObject fields, string path)
    {
        var names = path.Split('/');
        var field = fields[names[0]];
        foreach (var name in names.Skip(1))
        {
            field = field is null ? null : Fields(field)[name];
        }

        return field is null ? null : (string?)TogetherDocument.Resolve(field)["type"];
    }
}
