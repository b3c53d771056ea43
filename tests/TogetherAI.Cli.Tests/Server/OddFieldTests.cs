using System.Reflection;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>Every field of every request with values that no field expects: answered or refused, but never a failure of the server.</summary>
public sealed class OddFieldTests
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1.5", "1e999", "123456789012345678901234567890", "\"\"", "\"text\"", "\"\\ud800\"", "[]", "[null]", "[1]", "[\"\"]",
        "[{}]", "[[[]]]", "{}", "{\"type\":5}", "{\"type\":\"json_schema\",\"json_schema\":{\"name\":1,\"schema\":1}}", "{\"function\":{\"name\":5}}",
        "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":7}}]", "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":5}]}]",
        "[{\"role\":5}]", "{\"\\udc00\":1}",
    ];

    private TogetherAILocalServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0 });

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("inference", typeof(InferenceRequest), """{"model":"m","prompt":"Write 2 words"}""")]
    [TestCase("v1/chat/completions", typeof(ChatCompletionRequest), """{"model":"m","messages":[{"role":"user","content":"Write 2 words"}]}""")]
    [TestCase("v1/messages", typeof(MessageRequest), """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Write 2 words"}]}""")]
    [TestCase("v1/responses", typeof(ResponseRequest), """{"model":"m","input":"Write 2 words"}""")]
    [TestCase("v1/completions", typeof(CompletionRequest), """{"model":"m","prompt":"Write 2 words"}""")]
    [TestCase("v1/embeddings", typeof(EmbeddingRequest), """{"model":"m","input":"p"}""")]
    [TestCase("v1/rerank", typeof(RerankRequest), """{"model":"m","query":"q","documents":["d"]}""")]
    [TestCase("v1/images/generations", typeof(ImageRequest), """{"model":"m","prompt":"p","width":8,"height":8}""")]
    [TestCase("v1/audio/speech", typeof(SpeechRequest), """{"model":"m","input":"p","voice":"v"}""")]
    [TestCase("v1/models", typeof(ModelUploadRequest), """{"model_name":"m","model_source":"s"}""")]
    [TestCase("v2/videos", typeof(VideoRequest), """{"model":"m"}""")]
    [CancelAfter(60_000)]
    public async Task Field_with_any_value_is_answered_or_refused(string path, Type request, string body, CancellationToken cancellationToken)
    {
        var names = request.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(property => property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName)
            .OfType<string>()
            .ToList();
        foreach (var name in names)
        {
            foreach (var value in Values)
            {
                var odd = JsonNode.Parse(body)!.AsObject();
                odd[name] = "<>";
                var text = odd.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("\"<>\"", value);

                using var response = await PlainHttp.PostToAsync(_server, path, text, cancellationToken);

                Assert.That((int)response.StatusCode, Is.EqualTo(200).Or.EqualTo(400), text);
            }
        }

        Assert.That(names, Is.Not.Empty);
    }

    [TestCase(new byte[] { 0xFF }), TestCase(new byte[] { 0xC3 }), TestCase(new byte[] { 0xED, 0xA0, 0x80 })]
    [CancelAfter(30_000)]
    public async Task Body_that_is_not_UTF8_is_refused(byte[] text, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent([.. """{"model":"m","prompt":"x","other":{"a":" """u8, .. text, .. """ "}}"""u8]);
        content.Headers.ContentType = new("application/json");

        using var response = await PlainHttp.Client.PostAsync(new Uri(_server.Url, "inference"), content, cancellationToken);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }
}
