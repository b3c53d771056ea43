#if !NETSTANDARD_CLIENT
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;
using JsonException = System.Text.Json.JsonException;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace TogetherAI.Tests.Json;

/// <summary>System.Text.Json reads and writes the types of the document as the client does, also in minimal APIs.</summary>
public sealed partial class SystemTextJsonTests
{
    private const int Rounds = 60;

    private static readonly JsonSerializerSettings TextsAreTexts = new() { DateParseHandling = DateParseHandling.None };

    private static IEnumerable<Type> Types
        => RandomJson.Types().Where(type => !type.GetProperties().Any(property => typeof(IUpload).IsAssignableFrom(property.PropertyType)));

    private static IEnumerable<Type> ConvertedTypes
        => typeof(InferenceChunk).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false }
            && (typeof(IExtensible).IsAssignableFrom(type) || typeof(IUnion).IsAssignableFrom(type) || typeof(IOpenWord).IsAssignableFrom(type)));

    [TestCaseSource(nameof(Types))]
    public void Random_document_is_the_same_by_JsonSerializer_and_JsonConvert(Type type)
    {
        var random = new Random(20261128);
        for (var round = 0; round < Rounds; round++)
        {
            var json = new RandomJson(random).Conforming(type);

            var one = JsonSerializer.Deserialize(json, type);
            var other = JsonConvert.DeserializeObject(json, type, TextsAreTexts);

            Assert.That(Canonical(JsonSerializer.Serialize(one, type)), Is.EqualTo(Canonical(JsonConvert.SerializeObject(other))).Using<JToken>(JToken.DeepEquals), json);
        }
    }

    [TestCaseSource(nameof(ConvertedTypes))]
    public void Type_of_the_document_has_converters_of_both_serializers(Type type)
    {
        var converter = type.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonConverterAttribute), inherit: false).Cast<System.Text.Json.Serialization.JsonConverterAttribute>().SingleOrDefault();

        Assert.That(converter?.ConverterType, Is.EqualTo(typeof(TogetherAIJsonConverter<>).MakeGenericType(type)));
    }

    [Test]
    public async Task Minimal_api_keeps_every_field_of_a_request()
    {
        await using var app = LoopbackApp.Create();
        app.MapPost("/", static (InferenceRequest request) => Results.Text($"{request.Model} {request.MaxTokens} {request.AdditionalProperties["custom"]}"));
        await app.StartAsync();
        using var client = new HttpClient();

        using var response = await client.PostAsync(app.Urls.First(), new StringContent("""{"model":"m","prompt":"hello","max_tokens":4,"custom":true}""", Encoding.UTF8, "application/json"));

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("m 4 True"));
    }

    [Test]
    public async Task Minimal_api_returns_the_json_of_the_service()
    {
        const string Json = """{"id":"a","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"é \"<>"},"finish_reason":"a word of tomorrow"}],"later":{"deep":[1,2.5,null]}}""";
        await using var app = LoopbackApp.Create();
        app.MapGet("/", static () => TypedResults.Ok(ApiJson.Deserialize<ChatCompletionResponse>(Encoding.UTF8.GetBytes(Json))));
        await app.StartAsync();
        using var client = new HttpClient();

        var text = await client.GetStringAsync(app.Urls.First());

        Assert.That(text, Is.EqualTo(Json));
    }

    [Test]
    public async Task Minimal_api_refuses_a_request_without_a_required_field()
    {
        await using var app = LoopbackApp.Create();
        app.MapPost("/", static (InferenceRequest request) => Results.Ok());
        await app.StartAsync();
        using var client = new HttpClient();

        using var response = await client.PostAsync(app.Urls.First(), new StringContent("""{"prompt":"hello"}""", Encoding.UTF8, "application/json"));

        Assert.That((int)response.StatusCode, Is.EqualTo(StatusCodes.Status400BadRequest));
    }

    [Test]
    public async Task Minimal_api_takes_and_returns_types_by_a_generated_context()
    {
        await using var app = LoopbackApp.Create();
        app.MapPost("/", static async (HttpContext context) =>
        {
            var request = await context.Request.ReadFromJsonAsync(Context.Default.ChatCompletionRequest);
            await context.Response.WriteAsJsonAsync(request!, Context.Default.ChatCompletionRequest);
        });
        await app.StartAsync();
        using var client = new HttpClient();
        var request = new ChatCompletionRequest("m", [ChatCompletionMessage.FromUser("Hi")]) { MaxTokens = 0, ToolChoice = ChatCompletionToolChoice.Auto };

        using var response = await client.PostAsJsonAsync(app.Urls.First(), request, Context.Default.ChatCompletionRequest);

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"model":"m","messages":[{"role":"user","content":"Hi"}],"max_tokens":0,"tool_choice":"auto"}"""));
    }

    [TestCase("{\"model\":")]
    [TestCase("[]")]
    [TestCase("{}")]
    public void Deserialize_of_what_is_no_such_object_fails(string json)
        => Assert.That(() => JsonSerializer.Deserialize<InferenceRequest>(json), Throws.InstanceOf<JsonException>());

    [Test]
    public void Value_inside_of_a_type_of_the_program_s_own_is_read_and_written()
    {
        const string Json = """{"Chunk":{"id":"a","choices":[]},"Reason":"eos","Content":[{"type":"new"}],"Nothing":null}""";

        var own = JsonSerializer.Deserialize<Own>(Json)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.Chunk!.Id, Is.EqualTo("a"));
            Assert.That(own.Reason, Is.EqualTo(FinishReason.EndOfSequence));
            Assert.That(own.Nothing, Is.Null);
            Assert.That(JsonSerializer.Serialize(own), Is.EqualTo(Json));
        }
    }

    private static JToken Canonical(string json) => CanonicalJson.Parse(json);

    private sealed record Own(ChatCompletionChunk? Chunk, FinishReason? Reason, ChatCompletionMessageContent? Content, TokenUsage? Nothing);

    [JsonSerializable(typeof(ChatCompletionRequest))]
    private sealed partial class Context : JsonSerializerContext;
}
#endif
