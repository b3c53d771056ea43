using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>What is refused before anything is sent, because the document says so; the rest is the server's to judge.</summary>
[CancelAfter(30_000)]
public sealed class ValidationTests
{
    [Test]
    public async Task Required_field_that_is_null_or_empty_is_refused_by_name(
        [Values("Model", "Prompt")] string field, [Values(null, "")] string? value, [ValueSource(typeof(Calls), nameof(Calls.All))] Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        var request = Clients.Request;
        typeof(InferenceRequest).GetProperty(field)!.SetValue(request, value);

        Assert.That(
            () => { _ = Start(client, call, request); },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("request." + field));
        Assert.That(server.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task Value_that_the_document_does_not_bound_is_sent()
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);
        var request = Clients.Request;
        request.Temperature = -7;
        request.MaxTokens = -1;
        request.TopP = 99;

        await client.RunAsync(request);

        Assert.That((double?)server.Request.Json["temperature"], Is.EqualTo(-7));
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Additional_field_that_a_property_or_the_method_sets_too_is_refused(Call call)
    {
        await using var server = Calls.Server();
        using var client = Clients.For(server);
        var twice = Clients.Request;
        twice.Seed = 1;
        twice.AdditionalProperties["seed"] = 2;
        var managed = Clients.Request;
        managed.AdditionalProperties["stream_tokens"] = true;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => { _ = Start(client, call, twice); },
                Throws.ArgumentException.With.Property("ParamName").EqualTo("request.Seed").And.Message.Contains("AdditionalProperties[\"seed\"]"));
            Assert.That(
                () => { _ = Start(client, call, managed); },
                Throws.ArgumentException.With.Message.Contains("AdditionalProperties[\"stream_tokens\"]"));
            Assert.That(server.ConnectionCount, Is.Zero);
        }
    }

    [Test]
    public async Task Additional_field_instead_of_its_property_is_sent_as_it_is()
    {
        await using var server = RawServer.Answering(Answers.Run);
        using var client = Clients.For(server);
        var request = Clients.Request;
        request.AdditionalProperties["seed"] = "as a text";

        await client.RunAsync(request);

        Assert.That((string?)server.Request.Json["seed"], Is.EqualTo("as a text"));
    }

    [TestCase("", 1, 1, "must not be empty")]
    [TestCase("😀", 2, 2, "must have at least 2 characters")]
    [TestCase("e\u0301", 2, 2, null)]
    [TestCase("😀😀", 1, 2, null)]
    [TestCase("a😀b😀", 4, 4, null)]
    [TestCase("😀😀😀", 0, 2, "must have at most 2 characters")]
    public void Length_of_a_text_is_counted_in_code_points(string text, int minimum, int maximum, string? rule)
    {
        void Check() => Validation.Length(text, minimum, maximum, "request", "Text");

        Assert.That(Check, rule is null ? Throws.Nothing : Throws.ArgumentException.With.Message.Contains(rule));
    }

    [Test]
    public void Length_of_a_text_counts_half_a_pair_of_surrogates_as_one()
    {
        var halves = new string(['\ude00', '\ud83d', 'a']);

        Assert.That(() => Validation.Length(halves, 3, 3, "request", "Text"), Throws.Nothing);
    }

    [TestCase("^[a-z]+$", "abc", true)]
    [TestCase("^[a-z]+$", "abc\n", false)]
    [TestCase("^[a-z]+$", "abc\n\n", false)]
    [TestCase("^(?:a$|b)", "a\n", false)]
    [TestCase("^[$]+$", "$$", true)]
    [TestCase("^[$]+$", "$\n", false)]
    [TestCase("^[\\]$]+$", "]$", true)]
    [TestCase("^\\$[0-9]+$", "$1", true)]
    [TestCase("^\\$[0-9]+$", "$1\n", false)]
    [TestCase("^\\\\$", "\\", true)]
    [TestCase("^\\\\$", "\\\n", false)]
    public void Pattern_ends_where_the_text_ends(string pattern, string text, bool isValid)
    {
        void Check() => Validation.Pattern(text, pattern, "request", "Text");

        Assert.That(Check, isValid ? Throws.Nothing : Throws.ArgumentException.With.Message.EqualTo($"request.Text must match {pattern}. (Parameter 'request.Text')"));
    }

    private static object Start(TogetherAIInferenceClient client, Call call, InferenceRequest request) => call switch
    {
        Call.Run => client.RunAsync(request),
        Call.StreamBytes => client.StreamBytesAsync(request),
        Call.Stream => client.StreamAsync(request),
        _ => client.StreamTokensAsync(request),
    };
}
