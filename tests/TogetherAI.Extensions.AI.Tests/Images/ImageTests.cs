using System.Drawing;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Extensions.AI.Tests.Support;

namespace TogetherAI.Extensions.AI.Tests.Images;

/// <summary>The image generator: what the server receives, and what becomes of its images.</summary>
[CancelAfter(30_000)]
public sealed class ImageTests
{
    private const string OneImage = """{"id":"i-1","model":"org/model-1","object":"list","data":[{"index":0,"url":"https://example.com/a"}]}""";

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 1];

    private static readonly TestCaseData[] Sent =
    [
        Case("no_options", new("A cat"), null, "{}"),
        Case("model", new("A cat"), new() { ModelId = "other/model" }, """{"model":"other/model"}"""),
        Case("count", new("A cat"), new() { Count = 2 }, """{"n":2}"""),
        Case("size", new("A cat"), new() { ImageSize = new Size(640, 480) }, """{"width":640,"height":480}"""),
        Case("png", new("A cat"), new() { MediaType = "image/PNG" }, """{"output_format":"png"}"""),
        Case("jpeg", new("A cat"), new() { MediaType = "image/jpeg" }, """{"output_format":"jpeg"}"""),
        Case("url", new("A cat"), new() { ResponseFormat = ImageGenerationResponseFormat.Uri }, """{"response_format":"url"}"""),
        Case("data", new("A cat"), new() { ResponseFormat = ImageGenerationResponseFormat.Data }, """{"response_format":"base64"}"""),
        Case("no_intermediate_images", new("A cat"), new() { StreamingCount = 0 }, "{}"),
        Case("additional_fields", new("A cat"), new() { AdditionalProperties = new() { ["seed"] = 7 } }, """{"seed":7}"""),
        Case("raw_request", new("A cat"), new() { Count = 2, ImageSize = new Size(8, 8), RawRepresentationFactory = static _ => new ImageRequest("raw/model", "") { Count = 1, Steps = 3 } }, """{"model":"raw/model","n":1,"steps":3,"width":8,"height":8}"""),
        Case("raw_prompt", new(), new() { RawRepresentationFactory = static _ => new ImageRequest("", "A cat") }, "{}"),
        Case("image_by_url", new("A cat", [new UriContent("https://example.com/b.png", "image/png")]), null, """{"image_url":"https://example.com/b.png"}"""),
        Case("image_as_data", new("A cat", [new DataContent(Png, "image/png")]), null, """{"image_url":"data:image/png;base64,iVBORwE="}"""),
        Case("several_images", new("A cat", [new DataContent(Png, "image/png"), new UriContent("https://example.com/b.png", "image/*")]), null, """{"reference_images":["data:image/png;base64,iVBORwE=","https://example.com/b.png"]}"""),
        Case("image_beside_that_of_the_raw_request", new("A cat", [new UriContent("https://example.com/b.png", "image/png")]), new() { RawRepresentationFactory = static _ => new ImageRequest("org/model", "") { ImageUrl = "https://example.com/a.png", ReferenceImages = ["https://example.com/c.png"] } }, """{"image_url":"https://example.com/a.png","reference_images":["https://example.com/c.png","https://example.com/b.png"]}"""),
    ];

    private static readonly TestCaseData[] Refused =
    [
        Refusal<NotSupportedException>("hosted", "Hosted", new("A cat"), new() { ResponseFormat = ImageGenerationResponseFormat.Hosted }),
        Refusal<NotSupportedException>("media_type", "image/bmp", new("A cat"), new() { MediaType = "image/bmp" }),
        Refusal<NotSupportedException>("intermediate_images", "StreamingCount", new("A cat"), new() { StreamingCount = 1 }),
        Refusal<NotSupportedException>("text_as_image", "TextContent", new("A cat", [new TextContent("b")]), null),
        Refusal<NotSupportedException>("audio_as_image", "audio/wav", new("A cat", [new DataContent(Png, "audio/wav")]), null),
        Refusal<NotSupportedException>("page_as_image", "text/html", new("A cat", [new UriContent("https://example.com", "text/html")]), null),
        Refusal<ArgumentException>("no_prompt", "Prompt", new(), null),
        Refusal<InvalidOperationException>("raw_request_of_others", "ImageRequest", new("A cat"), new() { RawRepresentationFactory = static _ => "text" }),
        Refusal<ArgumentException>("field_that_is_no_JSON", "[\"callback\"]", new("A cat"), new() { AdditionalProperties = new() { ["callback"] = new Action(static () => { }) } }),
    ];

    [TestCaseSource(nameof(Sent))]
    public async Task Request_is_sent_as(ImageGenerationRequest request, ImageGenerationOptions? options, string json)
    {
        await using var server = ChatServer.Whole(OneImage);

        await server.Client.Images.AsIImageGenerator(ChatServer.Model).GenerateAsync(request, options);

        var expected = JObject.Parse(json);
        expected["model"] ??= ChatServer.Model;
        expected["prompt"] = "A cat";
        Assert.That(JToken.DeepEquals(Sorted(server.Sent), Sorted(expected)), server.Sent.ToString());
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Request_that_cannot_be_sent_is_refused(ImageGenerationRequest request, ImageGenerationOptions? options, Type exception, string said)
    {
        await using var server = ChatServer.Whole(OneImage);

        await Assert.ThatAsync(() => server.Client.Images.AsIImageGenerator(ChatServer.Model).GenerateAsync(request, options), Throws.TypeOf(exception).With.Message.Contains(said));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Images_come_in_their_order_with_all_that_the_server_said()
    {
        await using var server = ChatServer.Whole("""{"id":"i-1","model":"org/model-1","usage":{"input_tokens":3,"output_tokens":4,"image_tokens":9},"data":[{"index":1,"url":"https://example.com/b","timings":{"inference":0.5}},{"index":0,"b64_json":"iVBORwE=","weight":"w"}]}""");

        var response = await server.Client.Images.AsIImageGenerator(ChatServer.Model).GenerateImagesAsync("A cat", new() { MediaType = "image/jpeg" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Contents.Select(static content => content.GetType()), Is.EqualTo(new[] { typeof(DataContent), typeof(UriContent) }));
            var data = (DataContent)response.Contents[0];
            Assert.That((data.MediaType, data.Data.ToArray(), data.AdditionalProperties!["weight"]), Is.EqualTo(("image/png", Png, (object)"w")));
            var uri = (UriContent)response.Contents[1];
            Assert.That((uri.MediaType, uri.Uri.AbsoluteUri), Is.EqualTo(("image/jpeg", "https://example.com/b")));
            Assert.That(uri.AdditionalProperties!["timings"]!.ToString(), Is.EqualTo("""{"inference":0.5}"""));
            Assert.That(uri.RawRepresentation, Is.TypeOf<ImageData>());
            Assert.That(response.RawRepresentation, Is.TypeOf<ImageResponse>().With.Property("Id").EqualTo("i-1"));
            Assert.That((response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount), Is.EqualTo((3L, 4L, 7L)));
            Assert.That(response.Usage.AdditionalCounts, Is.EqualTo(new Dictionary<string, long> { ["image_tokens"] = 9 }));
        }
    }

    [TestCase("""{"b64_json":"/9j/AA=="}""", "image/jpeg")]
    [TestCase("""{"b64_json":"UklGRgAAAABXRUJQAA=="}""", "image/webp")]
    [TestCase("""{"b64_json":"R0lGODlh"}""", "image/gif")]
    [TestCase("""{"b64_json":"AAAA"}""", "image/*")]
    [TestCase("""{"url":"https://example.com/a"}""", "image/*")]
    public async Task Media_type_is_that_of_the_image(string image, string mediaType)
    {
        await using var server = ChatServer.Whole($$"""{"data":[{{image}}]}""");

        var response = await server.Client.Images.AsIImageGenerator(ChatServer.Model).GenerateImagesAsync("A cat");

        Assert.That(response.Contents.Single() is DataContent data ? data.MediaType : ((UriContent)response.Contents[0]).MediaType, Is.EqualTo(mediaType));
    }

    [TestCase("""{"data":[]}""")]
    [TestCase("""{"data":[{"index":0}]}""")]
    [TestCase("""{"data":[{"url":"a.png"}]}""")]
    [TestCase("""{"data":[null]}""")]
    public async Task Response_without_an_image_is_refused(string json)
    {
        await using var server = ChatServer.Whole(json);

        await Assert.ThatAsync(() => server.Client.Images.AsIImageGenerator(ChatServer.Model).GenerateImagesAsync("A cat"), Throws.TypeOf<TogetherAIInvalidResponseException>());
    }

    [Test]
    public async Task Cancellation_has_the_token_of_the_caller()
    {
        await using var server = new ChatServer(RawServer.Start(static (connection, _, stop) => connection.WaitForCloseAsync(stop)));
        using var caller = new CancellationTokenSource();

        var task = server.Client.Images.AsIImageGenerator(ChatServer.Model).GenerateImagesAsync("A cat", cancellationToken: caller.Token);
        await caller.CancelAsync();

        await Assert.ThatAsync(() => task, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(caller.Token));
    }

    [Test]
    public async Task Generator_tells_what_it_is_and_uses_the_options_of_the_calls()
    {
        await using var server = ChatServer.Whole(OneImage);
        using var generator = server.Client.Images.AsIImageGenerator(ChatServer.Model, new TogetherAIRequestOptions { Headers = { ["x-tenant"] = "a" } });

        await generator.GenerateImagesAsync("A cat");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Requests[0].Header("x-tenant"), Is.EqualTo("a"));
            Assert.That(generator.GetService<ImageGeneratorMetadata>()!.ProviderName, Is.EqualTo("together_ai"));
            Assert.That(generator.GetService<ImageGeneratorMetadata>()!.DefaultModelId, Is.EqualTo(ChatServer.Model));
            Assert.That(generator.GetService<ITogetherAIImagesClient>(), Is.SameAs(server.Client.Images));
            await Assert.ThatAsync(() => server.Client.Images.AsIImageGenerator().GenerateImagesAsync("A cat"), Throws.InvalidOperationException.With.Message.Contains("ModelId"));
            await Assert.ThatAsync(() => generator.GenerateAsync(null!), Throws.ArgumentNullException);
        }
    }

    private static JObject Sorted(JObject json) => new(json.Properties().OrderBy(static property => property.Name, StringComparer.Ordinal));

    private static TestCaseData Case(string name, ImageGenerationRequest request, ImageGenerationOptions? options, string json) => new TestCaseData(request, options, json).SetArgDisplayNames(name);

    private static TestCaseData Refusal<T>(string name, string said, ImageGenerationRequest request, ImageGenerationOptions? options)
        => new TestCaseData(request, options, typeof(T), said).SetArgDisplayNames(name);
}
