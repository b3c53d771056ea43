using Microsoft.AspNetCore.WebUtilities;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace TogetherAI.Tests.Http;

/// <summary>Fields of a form that no type of the document has at present.</summary>
public sealed class FormBodyTests
{
    private static readonly DateTimeOffset Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567);

    [Test]
    public async Task CreateContent_list_of_uploads_is_a_part_for_each()
    {
        var body = new FormBody(new Uploads { Files = [Upload("one"), null!, new Uri("https://a/b.mp3"), Upload("two")] });

        var parts = await PartsAsync(body);

        Assert.That(parts, Is.EqualTo(new[] { "files[]=one.wav;audio/wav;one", "files[]=https://a/b.mp3", "files[]=two.wav;audio/wav;two" }));
    }

    [Test]
    public async Task CreateContent_empty_list_of_uploads_is_no_part()
    {
        var body = new FormBody(new Uploads { Files = [] });

        var parts = await PartsAsync(body);

        Assert.That(parts, Is.Empty);
    }

    [TestCase("many", new[] { "one" }, new[] { "many=one" })]
    [TestCase("many", new[] { "one", "two" }, new[] { "many[]=one", "many[]=two" })]
    [TestCase("many[]", new[] { "one", "two" }, new[] { "many[]=one", "many[]=two" })]
    public async Task CreateContent_list_is_marked_where_it_has_several_items(string name, string[] values, string[] sent)
    {
        var request = new TranslationRequest { File = new Uri("https://a/b.mp3") };
        request.AdditionalProperties[name] = new JArray(values);

        var parts = await PartsAsync(new FormBody(request));

        Assert.That(parts.Skip(1), Is.EqualTo(sent));
    }

    [Test]
    public async Task CanSendAgain_list_with_an_upload_that_is_used_up_is_false()
    {
        using var stream = new FailingStream { Failure = null };
        var body = new FormBody(new Uploads { Files = [Upload("one"), FileUpload.FromStream(stream, "a.wav")] });
        var before = body.CanSendAgain;

        await PartsAsync(body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.True);
            Assert.That(body.CanSendAgain, Is.False);
        }
    }

    [Test]
    public async Task Failure_list_with_an_upload_that_cannot_be_read_is_that_of_the_upload()
    {
        using var stream = new FailingStream { Failure = new IOException("bad sector") };
        var body = new FormBody(new Uploads { Files = [Upload("one"), FileUpload.FromStream(stream, "a.wav")] });
        var before = body.Failure;

        await Assert.ThatAsync(() => PartsAsync(body), Throws.Exception);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Null);
            Assert.That(body.Failure, Is.InstanceOf<InvalidOperationException>().With.Message.Contains("bad sector"));
        }
    }

    [Test]
    public async Task CreateContent_time_is_the_text_of_its_json()
    {
        var body = new FormBody(new Scalars { Time = Time, Times = [Time, Time.ToUniversalTime()] });

        var parts = await PartsAsync(body);

        Assert.That(parts, Is.EqualTo(new[]
        {
            "time=2026-01-02T03:04:05.1234567+02:00",
            "times[]=2026-01-02T03:04:05.1234567+02:00",
            "times[]=2026-01-02T01:04:05.1234567+00:00",
        }));
    }

    [Test]
    public async Task CreateContent_bytes_are_the_text_of_their_json()
    {
        var body = new FormBody(new Scalars { Bytes = [0xFB, 0xFF, 0], ManyBytes = [[1], []] });

        var parts = await PartsAsync(body);

        Assert.That(parts, Is.EqualTo(new[] { "bytes=+/8A", "many_bytes[]=AQ==", "many_bytes[]=" }));
    }

    [TestCase(true, "true")]
    [TestCase(false, "false")]
    [TestCase(7, "7")]
    [TestCase(0.5, "0.5")]
    [TestCase(2.0, "2.0")]
    [TestCase(1e300, "1E+300")]
    [TestCase("", "")]
    [TestCase("\"a\"\nb", "\"a\"\nb")]
    [TestCase("2026-01-02T03:04:05+02:00", "2026-01-02T03:04:05+02:00")]
    public async Task CreateContent_scalar_is_its_text_or_its_json(object value, string text)
    {
        var body = new FormBody(new Scalars { Any = value });

        var parts = await PartsAsync(body);

        Assert.That(parts, Is.EqualTo(new[] { "any=" + text }));
    }

    [Test]
    public async Task CreateContent_scalar_that_json_writes_as_a_string_is_the_text_of_it()
    {
        var id = Guid.NewGuid();
        var body = new FormBody(new Scalars { Id = id, Address = new Uri("https://a/b?c=d"), Span = TimeSpan.FromSeconds(1.5), Word = TranscriptionResponseFormat.VerboseJson });

        var parts = await PartsAsync(body);

        Assert.That(parts, Is.EqualTo(new[] { $"id={id}", "address=https://a/b?c=d", "span=00:00:01.5000000", "word=verbose_json" }));
    }

    [Test]
    public async Task CreateContent_additional_field_is_sent_by_the_same_rule()
    {
        var request = new TranscriptionRequest { Model = "m", File = new Uri("https://a/b.mp3") };
        request.AdditionalProperties["time"] = new JValue(Time);
        request.AdditionalProperties["many"] = new JArray(1, JValue.CreateNull(), true, "x");
        request.AdditionalProperties["object"] = new JObject { ["time"] = new JValue(Time) };

        var parts = await PartsAsync(new FormBody(request));

        Assert.That(parts, Is.SupersetOf(new[]
        {
            "time=2026-01-02T03:04:05.1234567+02:00", "many[]=1", "many[]=true", "many[]=x", "object={\"time\":\"2026-01-02T03:04:05.1234567+02:00\"}",
        }));
    }

    [Test]
    public async Task CreateBody_form_that_can_stream_says_whether_it_does([Values] bool streaming)
    {
        var request = new Streamable();
        var call = new ApiCall(new ApiOperation("POST", "path"), null!, null).Form(request);

        var parts = await PartsAsync((FormBody)call.CreateBody(streaming)!);

        Assert.That(parts, Is.EqualTo(new[] { streaming ? "stream=true" : "stream=false" }));
        Assert.That(request.Stream, Is.Null);
    }

    private static FileUpload Upload(string text) => FileUpload.FromBytes(System.Text.Encoding.UTF8.GetBytes(text), text + ".wav");

    private static async Task<List<string>> PartsAsync(FormBody body)
    {
        using var content = body.CreateContent();
        var reader = new MultipartReader(content.Headers.ContentType!.Parameters.Single().Value!, await content.ReadAsStreamAsync());
        var parts = new List<string>();
        while (await reader.ReadNextSectionAsync() is { } part)
        {
            var disposition = part.GetContentDispositionHeader()!;
            var file = disposition.FileName is { HasValue: true } name ? $"{name.Value.Trim('"')};{part.ContentType};" : "";
            using var text = new StreamReader(part.Body);
            parts.Add($"{disposition.Name.Value!.Trim('"')}={file}{await text.ReadToEndAsync()}");
        }

        return parts;
    }

#if NETSTANDARD_CLIENT
    private sealed class Uploads
#else
    private sealed class Uploads : IUtf8Writable
#endif
    {
        [JsonProperty("files")]
        public IList<FileUpload>? Files { get; set; }

#if !NETSTANDARD_CLIENT
        public void WriteUtf8(Utf8Target target)
        {
            target.Field("files", Files);
        }
#endif
    }

#if NETSTANDARD_CLIENT
    private sealed class Streamable : IStreamable
#else
    private sealed class Streamable : IStreamable, IUtf8Writable
#endif
    {
        [JsonProperty("stream")]
        public bool? Stream { get; set; }

        public object ForWire(bool streaming) => new Streamable { Stream = streaming };

#if !NETSTANDARD_CLIENT
        public void WriteUtf8(Utf8Target target)
        {
            target.Field("stream", Stream);
        }
#endif
    }

#if NETSTANDARD_CLIENT
    private sealed class Scalars
#else
    private sealed class Scalars : IUtf8Writable
#endif
    {
        [JsonProperty("any")]
        public object? Any { get; set; }

        [JsonProperty("time")]
        public DateTimeOffset? Time { get; set; }

        [JsonProperty("times")]
        public IList<DateTimeOffset>? Times { get; set; }

        [JsonProperty("bytes")]
        public byte[]? Bytes { get; set; }

        [JsonProperty("many_bytes")]
        public IList<byte[]>? ManyBytes { get; set; }

        [JsonProperty("id")]
        public Guid? Id { get; set; }

        [JsonProperty("address")]
        public Uri? Address { get; set; }

        [JsonProperty("span")]
        public TimeSpan? Span { get; set; }

        [JsonProperty("word")]
        public TranscriptionResponseFormat? Word { get; set; }

#if !NETSTANDARD_CLIENT
        public void WriteUtf8(Utf8Target target)
        {
            target.Field("any", Any);
            target.Field("time", Time);
            target.Field("times", Times);
            target.Field("bytes", Bytes);
            target.Field("many_bytes", ManyBytes);
            target.Field("id", Id);
            target.Field("address", Address);
            target.Field("span", Span);
            target.Field("word", Word);
        }
#endif
    }

    /// <summary>It cannot seek; it is empty, or fails.</summary>
    private sealed class FailingStream : MemoryStream
    {
        public Exception? Failure { get; init; }

        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => Failure is null ? Task.FromResult(0) : throw Failure;
    }
}
