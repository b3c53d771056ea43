using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>JSON that is meant to do harm, or that harms other readers.</summary>
[CancelAfter(30_000)]
public sealed class HostileJsonTests
{
    [Test]
    public async Task Deep_nesting_is_refused_in_a_run_and_in_a_stream([Values(65, 100_000)] int depth)
    {
        var deep = new StringBuilder().Insert(0, "[", depth).Insert(depth, "]", depth).ToString();
        await using var server = RawServer.Start((connection, request, stop) => connection.SendAsync(
            request.Body.Contains("\"stream_tokens\":true")
                ? Answers.Of(200, Frames.Data("{\"x\":" + deep + "}"), "text/event-stream")
                : Answers.Of(200, "{\"output\":{\"value\":" + deep + "}}"), stop));
        using var client = Clients.For(server);

        using (Assert.EnterMultipleScope())
        {
            await Assert.ThatAsync(() => client.CompleteAsync(Call.Run), Throws.TypeOf<TogetherAIInvalidResponseException>());
            await Assert.ThatAsync(() => client.CompleteAsync(Call.Stream), ThrowsMalformed());
            await Assert.ThatAsync(() => client.CompleteAsync(Call.StreamTokens), ThrowsMalformed());
        }
    }

    [Test]
    public async Task Deep_nesting_in_an_error_body_leaves_the_status()
    {
        await using var server = RawServer.Answering(Answers.Of(404, new string('[', 60_000)));
        using var client = Clients.For(server);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request), Throws.TypeOf<TogetherAINotFoundException>());
    }

    [Test]
    public async Task Type_names_references_and_dates_are_ordinary_text()
    {
        const string Extra = """{"$type":"System.IO.FileInfo, System.IO.FileSystem","$id":"1","$ref":"1","$values":[],"date":"2024-01-02T03:04:05+06:00"}""";
        await using var server = RawServer.Answering(Answers.Of(200, $$$"""{"$type":"System.Diagnostics.Process","args":{{{Extra}}},"output":{"choices":[{"$ref":"#/x","text":"2024-01-02T03:04:05Z"}]}}"""));
        using var client = Clients.For(server);

        var response = await client.RunAsync(Clients.Request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Output.Choices![0].Text, Is.EqualTo("2024-01-02T03:04:05Z"));
            Assert.That(JToken.FromObject(response.Arguments!, TestJson.Serializer).ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(Extra));
            Assert.That((string?)response.AdditionalProperties["$type"], Is.EqualTo("System.Diagnostics.Process"));
        }
    }

    [Test]
    public async Task Names_that_come_twice_give_the_last_value_everywhere()
    {
        var frame = Frames.Data("""{"choices":[{"text":"first"}],"choices":[{"text":"a","text":"last"}]}""");
        await using var server = RawServer.Streaming(frame, Frames.Done);
        using var client = Clients.For(server);

        var texts = await client.StreamTokensAsync(Clients.Request).ToListAsync();
        var chunks = await client.StreamAsync(Clients.Request).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "last" }));
            Assert.That(chunks.Single().Choices!.Single().Text, Is.EqualTo("last"));
        }
    }

    [TestCase("1e400")]
    [TestCase("-1e400")]
    [TestCase("123456789012345678901234567890")]
    [TestCase("0.1e-400")]
    public async Task Huge_number_where_any_value_may_stand_is_harmless(string number)
    {
        var frame = Frames.Data($$"""{"choices":[{"text":"a","logprobs":{{number}}}],"other":{{number}}}""");
        await using var server = RawServer.Streaming(frame, Frames.Done);
        using var client = Clients.For(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await client.StreamTokensAsync(Clients.Request).ToListAsync(), Is.EqualTo(new[] { "a" }));
            Assert.That(await client.StreamAsync(Clients.Request).ToListAsync(), Has.Count.EqualTo(1));
        }
    }

    [TestCase("""{"token":{"id":1e400}}""", "token.id")]
    [TestCase("""{"token":{"id":123456789012345678901234567890}}""", "token.id")]
    [TestCase("""{"usage":{"total_tokens":"many"}}""", "usage.total_tokens")]
    [TestCase("""{"details":{"seed":1e400}}""", "details.seed")]
    public async Task Number_that_does_not_fit_its_field_is_kept_as_it_came(string data, string path)
    {
        await using var server = RawServer.Streaming(Frames.Data(data), Frames.Done);
        using var client = Clients.For(server);

        var chunk = (await client.StreamAsync(Clients.Request).ToListAsync()).Single();

        var expected = JObject.Parse(data).SelectToken(path)!.ToString();
        Assert.That(JObject.FromObject(chunk, NewtonsoftJson.Writer).SelectToken(path)?.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Number_that_does_not_fit_is_told_with_its_path()
    {
        const string Body = """{"output":{"choices":[{"text":"a"},{"index":1.0e99}]}}""";
        await using var server = RawServer.Answering(Answers.Of(200, Body));
        await using var streaming = RawServer.Streaming(Frames.Data("""{"choices":[{"text":"a"},{"index":1.0e99}]}"""));
        using var client = Clients.For(server);
        using var streamingClient = Clients.For(streaming);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Failures.Of<TogetherAIInvalidResponseException>(() => client.RunAsync(Clients.Request))).Message, Does.Contain("output.choices[1].index"));
            Assert.That((await Failures.Of<TogetherAIStreamException>(() => streamingClient.CompleteAsync(Call.Stream))).Message, Does.Contain("choices[1].index"));
        }
    }

    [Test]
    public async Task Half_of_a_pair_of_surrogates_in_a_name_or_text_is_harmless()
    {
        await using var server = RawServer.Streaming(Frames.Data("{\"\\ud83d\":1,\"choices\":[{\"\\ud83d\":2,\"text\":\"a\\ud83d\"}]}"), Frames.Done);
        using var client = Clients.For(server);

        var texts = await client.StreamTokensAsync(Clients.Request).ToListAsync();
        var chunks = await client.StreamAsync(Clients.Request).ToListAsync();

        Assert.That(texts, Is.EqualTo(chunks.Select(chunk => chunk.Choices![0].Text)));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint ThrowsMalformed()
        => Throws.TypeOf<TogetherAIStreamException>().With.Property("Failure").EqualTo(TogetherAIStreamFailure.MalformedEvent);
}
