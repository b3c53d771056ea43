using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Streams;

/// <summary>
/// A document of others, which says of its streams what OpenAPI and other generators have words for, gives a client that
/// streams, with nothing written by hand.
/// </summary>
public sealed class GeneratedStreamTests() : ForeignClientFixture(StreamDocument.Text, StreamDocument.Program)
{
    private const string Pieces = "data: {\"text\":\"a\"}\n\ndata: {\"text\":\"b\"}\n\n";
    private const string Named = "event: piece\ndata: {\"text\":\"a\"}\n\nevent: count\ndata: 2\n\nevent: note\ndata: no json\n\nevent: unknown\ndata: {\"all\":\"w\"}\n\nevent: ping\ndata: {\"x\":1}\n\nevent: tick\ndata: tock\n\nevent: count\ndata: {\"x\":2}\n\nevent: empty\ndata:\n\nevent: more\ndata: {\"text\":\"m\"}\n\nevent: end\ndata: [DONE]\n\nevent: piece\ndata: {}\n\n";

    private static readonly Dictionary<string, (string Type, string Body, string? Asks)> Streams = new()
    {
        ["/payload"] = ("text/event-stream", Pieces, "\"stream\":true"),
        ["/envelope"] = ("text/event-stream", Pieces + "data: [DONE]\n\n", "\"stream\":true"),
        ["/always"] = ("text/event-stream", Pieces, "\"stream\":true"),
        ["/watch/1"] = ("text/event-stream", Pieces, null),
        ["/query"] = ("text/event-stream", Pieces, "?stream=true"),
        ["/lines"] = ("application/x-ndjson", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "\"stream\":true"),
        ["/same"] = ("text/event-stream", Pieces, "\"stream\":true"),
        ["/fern"] = ("text/event-stream", Pieces + "data: [END]\n\n", "\"stream\":true"),
        ["/fern-lines"] = ("application/x-ndjson", "{\"text\":\"a\"}\n{\"text\":\"b\"}", "\"stream\":true"),
        ["/speakeasy"] = ("text/event-stream", Pieces + "data: [END]\n\n", "\"sse\":true"),
        ["/named"] = ("text/event-stream", Named, null),
        ["/described"] = ("text/event-stream", "data: {\"kind\":\"piece\",\"text\":\"a\"}\n\nevent: piece\ndata: {\"text\":\"b\"}\n\ndata: {\"kind\":\"new\"}\n\ndata: {\"kind\":\"stop\",\"reason\":\"r\"}\n\n", null),
        ["/typed"] = ("text/event-stream", "event: started\ndata: {\"type\":\"started\",\"id\":\"1\"}\n\ndata: {\"type\":\"delta\",\"text\":\"a\"}\n\ndata: {\"type\":\"new\"}\n\n", null),
        ["/text"] = ("text/event-stream", "data:  a\n\ndata: {\"b\"\ndata: c\n\n", null),
        ["/anything"] = ("text/event-stream", "data: {\"a\":1}\n\ndata: [2]\n\ndata: 3\n\n", null),
        ["/lazy"] = ("text/event-stream", "data: {\"a\":1}\n\ndata: no json\n\n", null),
        ["/either"] = ("text/event-stream", Pieces, "\"stream\":true"),
        ["/form"] = ("text/event-stream", Pieces, "name=\"stream\"\r\n\r\ntrue"),
        ["/tokens"] = ("text/event-stream", Pieces, "\"stream\":true"),
    };

    [TestCase("Payload", "a|b", TestName = "Chunk_that_stands_under_the_media_type_is_read")]
    [TestCase("PayloadBytes", Pieces, TestName = "Bytes_are_those_of_the_server")]
    [TestCase("Whole", "all", TestName = "Response_as_a_whole_says_that_no_stream_is_wanted")]
    [TestCase("Envelope", "a|b", TestName = "Chunk_is_the_data_of_an_event_that_is_described_as_an_object")]
    [TestCase("Always", "a|b", TestName = "Operation_that_only_streams_has_chunks")]
    [TestCase("AlwaysBytes", Pieces, TestName = "Operation_that_only_streams_has_bytes")]
    [TestCase("Watch", "a|b", TestName = "Stream_by_GET_of_an_item_schema_is_read")]
    [TestCase("Query", "a|b", TestName = "Stream_that_the_query_asks_for_is_read")]
    [TestCase("Lines", "a|b", TestName = "JSON_lines_are_read")]
    [TestCase("Same", "a|b", TestName = "Chunk_of_the_same_schema_as_the_whole_response_is_read")]
    [TestCase("Fern", "a|b", TestName = "Fern_stream_with_a_condition_and_a_terminator_is_read")]
    [TestCase("FernLines", "a|b", TestName = "Fern_stream_of_JSON_is_read")]
    [TestCase("Speakeasy", "a|b", TestName = "Speakeasy_stream_with_a_sentinel_and_a_request_field_is_read")]
    [TestCase("Named", "piece:a|count:2|note:no json|unknown:w|ping:{\"x\":1}|tick:\"tock\"|count:{\"x\":2}|empty:\"\"|more:m", TestName = "Events_of_several_names_are_a_union_and_unknown_ones_stay_raw")]
    [TestCase("Described", "piece:a|piece:b|new:{\"kind\":\"new\"}|stop:r", TestName = "Events_whose_types_the_document_names_are_a_union")]
    [TestCase("DescribedTokens", "a|b", TestName = "Text_of_events_of_several_types_is_read")]
    [TestCase("Typed", "1|a|{\"type\":\"new\"}", TestName = "Events_told_apart_by_a_field_are_a_union_and_unknown_ones_stay_raw")]
    [TestCase("Text", " a|{\"b\"\nc", TestName = "Data_that_is_plain_text_is_read_as_it_is")]
    [TestCase("Anything", "{\"a\":1}|[2]|3", TestName = "Chunks_without_a_schema_are_JSON")]
    [TestCase("Lazy", "{\"a\":1}|\"no json\"", TestName = "Chunks_of_which_nothing_is_said_are_JSON_or_text")]
    [TestCase("Either", "a|b", TestName = "Request_of_several_types_asks_for_a_stream")]
    [TestCase("Form", "a|b", TestName = "Form_asks_for_a_stream")]
    [TestCase("Tokens", "a|b", TestName = "Tokens_need_no_more_than_where_the_text_is")]
    public async Task Stream_is_read(string method, string expected)
    {
        var read = await Call<Task<string>>(method, Call<object>("Client", Server.Url));

        Assert.That(read, Is.EqualTo(expected));
    }

    [Test]
    public void Client_and_interface_have_the_variants_that_the_document_can_fill()
    {
        var methods = Methods("Streams");

        Assert.That(methods, Does.Contain("PayloadAsync").And.Contain("PayloadStreamBytesAsync").And.Contain("PayloadStreamAsync").And.Not.Contain("PayloadStreamTokensAsync"));
        Assert.That(methods, Does.Contain("AlwaysStreamAsync").And.Contain("AlwaysStreamBytesAsync").And.Not.Contain("AlwaysStreamStreamAsync"), "The name says it already.");
        Assert.That(methods, Does.Contain("TextStreamTokensAsync").And.Contain("TextStreamBytesAsync").And.Not.Contain("TextStreamAsync").And.Not.Contain("TextAsync"));
        Assert.That(methods, Does.Contain("TokensStreamTokensAsync").And.Contain("TokensStreamAsync").And.Not.Contain("TokensAsync"));
        Assert.That(Methods("Solo"), Is.EquivalentTo(new[] { "CreateAsync", "StreamBytesAsync", "StreamAsync" }));
    }

    protected override string Respond(string request)
    {
        var target = request.Split(' ')[1];
        var (type, body, asks) = Streams[target.Split('?')[0]];
        return asks is null || request.Contains(asks, StringComparison.Ordinal) ? WireServer.Response(type, body)
            : request.Contains("\"stream\":false", StringComparison.Ordinal) ? WireServer.Response("application/json", "{\"all\":\"all\"}")
            : WireServer.Response("application/json", "{\"error\":\"nothing asks for a stream\"}");
    }

    private List<string> Methods(string client)
    {
        var methods = Assembly.GetType($"TogetherAI.ITogetherAI{client}Client")!.GetMethods().Select(static method => method.Name).ToList();
        Assert.That(Assembly.GetType($"TogetherAI.TogetherAI{client}Client")!.GetMethods().Select(static method => method.Name), Is.SupersetOf(methods));
        return methods;
    }
}
