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

    private static object Start(TogetherAIInferenceClient client, Call call, InferenceRequest request) => call switch
    {
        Call.Run => client.RunAsync(request),
        Call.StreamBytes => client.StreamBytesAsync(request),
        Call.Stream => client.StreamAsync(request),
        _ => client.StreamTokensAsync(request),
    };
}
