using System.IO.Compression;
using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary><see cref="TogetherAIOptions.MaxResponseBytes"/>: what a whole response takes is bounded, in memory and in time.</summary>
[CancelAfter(60_000), NonParallelizable]
public sealed class ResponseSizeTests
{
    private const int Mega = 1024 * 1024;
    private const int DefaultLimit = 64 * Mega;

    // Of most tests, because the default one takes longer and shows no more.
    private const int Limit = 16 * Mega;

    // What is allocated, in use at the same time or not, server included.
    private const long MaxAllocated = 10L * Limit;

    private static string Message(string extra) => $$"""{"status":"finished","output":{"choices":[{"text":" 4"}]},"extra":{{extra}}}""";

    [TestCase("[],")]
    [TestCase("0,")]
    [TestCase("{\"a\":0},")]
    [TestCase("\"\",")]
    public async Task Run_response_of_very_many_values_is_refused_before_it_multiplies(string value)
    {
        var body = Compressed(Message("["), value, 5 * Mega, "0]}");
        await using var server = RawServer.Start((connection, _, stop) => connection.SendAsync(Answers.Bytes(body, "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"), stop));
        using var client = LimitedClient(server);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var exception = await Failures.Of<TogetherAIResponseTooLargeException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(MaxAllocated));
            Assert.That(exception.Limit, Is.EqualTo(Limit));
            Assert.That(exception.Message, Does.Contain("JSON values").And.Contain("MaxResponseBytes"));
        }
    }

    [Test]
    public async Task Run_response_of_very_many_values_does_not_multiply_where_its_end_is_told_either()
    {
        var body = Compressed(Message("["), "[],", 5 * Mega, "0]}");
        await using var server = RawServer.Start((connection, _, stop) => connection.SendAsync(Answers.Bytes(body, "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"), stop));
        using var client = LimitedClient(server);
        TogetherAICallSummary? told = null;
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var exception = await Failures.Of<TogetherAIResponseTooLargeException>(() => client.RunAsync(Clients.Request, new TogetherAIRequestOptions { Completed = summary => told = summary }));

        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(MaxAllocated));
        Assert.That(told!.Failure, Is.SameAs(exception));
    }

    [Test]
    public async Task Run_response_of_very_many_objects_of_a_known_type_is_refused_before_it_multiplies()
    {
        var body = Compressed("{\"status\":\"finished\",\"output\":{\"choices\":[", "{},", 5 * Mega, "{}]}}");
        await using var server = RawServer.Start((connection, _, stop) => connection.SendAsync(Answers.Bytes(body, "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"), stop));
        using var client = LimitedClient(server);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await Assert.ThatAsync(() => client.RunAsync(Clients.Request), Throws.TypeOf<TogetherAIResponseTooLargeException>());

        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(MaxAllocated));
    }

    [TestCase("{\"id\":\"x\",\"choices\":[],\"extra\":[", "[],", Limit)]
    [TestCase("{\"error\":\"", "a", Limit)]
    [TestCase("", "\0", null)]
    public async Task Run_response_beyond_the_limit_is_refused_before_it_is_kept(string start, string unit, int? limit)
    {
        var effective = limit ?? DefaultLimit;
        var body = Compressed(start, unit, 2 * effective, "");
        await using var server = RawServer.Start((connection, _, stop) => connection.SendAsync(Answers.Bytes(body, "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"), stop));
        using var client = Clients.For(server, options => options.MaxResponseBytes = limit ?? options.MaxResponseBytes);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var exception = await Failures.Of<TogetherAIResponseTooLargeException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(10L * effective));
            Assert.That(exception.Message, Does.Contain($"{effective} bytes (MaxResponseBytes)"));
            Assert.That(exception.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.OK));
        }
    }

    [TestCase(400)]
    [TestCase(200)]
    public async Task Run_error_body_below_the_limit_takes_a_small_multiple_of_it(int status)
    {
        await using var server = RawServer.Answering(Answers.Of(status, "{\"error\":\"" + new string('a', 5 * Mega) + "\"}"));
        using var client = LimitedClient(server);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var exception = await Failures.Of<TogetherAIException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(MaxAllocated));
            Assert.That(exception.ResponseBody, Has.Length.EqualTo(64 * 1024));
            Assert.That(exception.IsResponseBodyTruncated, Is.True);
        }
    }

    [TestCase("{\"error\":\"", "\"}", "reports a failure: aaaa")]
    [TestCase("{\"error\":{\"message\":\"", "\"}}", "reports a failure: aaaa")]
    [TestCase("{\"error\":{\"code\":\"x\",\"type\":\"", "\",\"message\":\"no\"}}", "reports a failure")]
    [TestCase("{\"pad\":\"", "\",\"error\":\"no model\"}", "reports a failure: no model.")]
    [TestCase("{\"message\":\"", "\"}", "reports a failure: aaaa")]
    [TestCase("{\"detail\":\"", "\"}", "reports a failure: aaaa")]
    [TestCase("{\"pad\":\"", "\"}", "cannot be read")]
    [TestCase("{\"status\":\"", "\"}", "cannot be read")]
    [TestCase("[\"", "\"]", "cannot be read")]
    [TestCase("\"", "\"", "cannot be read")]
    [TestCase("{\"status\":\"finished\",\"output\":{\"choices\":[]},\"error\":\"", "\"}", "reports a failure: aaaa")]
    public async Task Run_response_of_6_MB_that_is_none_takes_a_small_multiple_of_it_and_says_what_it_says(string start, string end, string said)
    {
        const int Length = 6 * Mega;
        var body = Encoding.ASCII.GetBytes(start + new string('a', Length) + end);
        using var httpClient = new HttpClient(new Handler(new MemoryStream(body)));
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost/")));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var exception = await Failures.Of<TogetherAIException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(5L * Length));
            Assert.That(exception.Message, Does.Contain(said).And.Length.LessThan(1000));
            Assert.That(exception.ResponseBody, Has.Length.EqualTo(64 * 1024));
        }
    }

    [TestCase(400)]
    [TestCase(200)]
    public async Task Error_whose_text_is_cut_off_is_told_as_far_as_it_was_kept(int status)
    {
        const string Begin = "{\"error\":{\"message\":\"No such \\u006dodel: ";
        await using var server = RawServer.Answering(Answers.Of(status, Begin + string.Concat(Enumerable.Repeat("\\u0061\\\\", 20_000)) + "\"}}"));

        for (var limit = 60; limit < 80; limit++)
        {
            using var client = Clients.For(server, options => options.MaxErrorResponseBytes = limit);

            var exception = await Failures.Of<TogetherAIException>(() => client.RunAsync(Clients.Request));

            Assert.That(exception.Message, Does.Contain("No such model: a\\"));
        }
    }

    [Test]
    public async Task Run_response_of_the_limit_is_read_and_one_byte_more_is_too_large([Values] bool perCall, [Values(0, 1)] int excess)
    {
        await using var server = RawServer.Answering(Answers.Of(200, Answers.RunBody));
        var limit = Answers.RunBody.Length - excess;
        using var client = Clients.For(server, options => options.MaxResponseBytes = perCall ? int.MaxValue : limit);
        var options = new TogetherAIRequestOptions { MaxResponseBytes = perCall ? limit : null };

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request, options),
            excess == 0 ? Throws.Nothing : Throws.TypeOf<TogetherAIResponseTooLargeException>().With.Property("Limit").EqualTo(limit));
    }

    [Test]
    public async Task Response_with_many_numbers_of_a_known_type_is_read()
    {
        var vector = "[" + string.Join(",", Enumerable.Repeat("-0.0123456789", 1024)) + "]";
        var items = string.Join(",", Enumerable.Range(0, 500).Select(index => $$"""{"object":"embedding","index":{{index}},"embedding":{{vector}}}"""));
        await using var server = RawServer.Answering(Answers.Of(200, $$"""{"object":"list","model":"m","data":[{{items}}]}"""));
        using var client = new TogetherAIClient(Clients.Options(server.Url, static options => options.MaxResponseBytes = Limit));

        var response = await client.Embeddings.CreateAsync(new EmbeddingRequest { Model = "m", Input = "a" });

        Assert.That(response.Data, Has.Count.EqualTo(500));
    }

    [Test]
    public async Task Download_and_stream_beyond_the_limit_are_read()
    {
        const int Length = Mega + 1;
        await using var server = RawServer.Start(async (connection, request, stop) =>
        {
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: {Length}\r\n\r\n", stop);
            await connection.SendAsync(new byte[Length], stop);
        });
        using var client = new TogetherAIClient(Clients.Options(server.Url, static options => options.MaxResponseBytes = Mega));

        using var file = await client.Audio.CreateSpeechAsync(new SpeechRequest { Model = "m", Input = "Hi.", Voice = "v" });
        var counter = new CountingStream();
        await file.CopyToAsync(counter);

        Assert.That(counter.Count, Is.EqualTo(Length));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Limit_that_is_not_positive_is_refused(int limit)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new TogetherAIClient(new TogetherAIOptions { MaxResponseBytes = limit }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("MaxResponseBytes"));
            Assert.That(() => new TogetherAIClient(new TogetherAIOptions { MaxErrorResponseBytes = limit }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("MaxErrorResponseBytes"));
        }
    }

    [TestCase(10)]
    [TestCase(200_000)]
    public async Task Error_body_is_kept_up_to_its_own_limit(int limit)
    {
        await using var server = RawServer.Answering(Answers.Of(400, new string('a', 300_000), "text/plain"));
        using var client = Clients.For(server, options => options.MaxErrorResponseBytes = limit);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.ResponseBody, Has.Length.EqualTo(limit));
            Assert.That(exception.IsResponseBodyTruncated, Is.True);
        }
    }

    [Test]
    public async Task Run_cancelled_when_its_last_byte_has_come_says_so()
    {
        using var cancellation = new CancellationTokenSource();
        var body = new EndingStream(new MemoryStream(Encoding.UTF8.GetBytes(Answers.RunBody)), cancellation.Cancel);
        using var httpClient = new HttpClient(new Handler(body));
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost/")));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request, cancellationToken: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    // The reading takes long, and the token is cancelled as soon as it has begun.
    [Test]
    public async Task Run_cancelled_while_its_response_is_read_ends([Values] bool isFreeForm)
    {
        using var cancellation = new CancellationTokenSource();
        var text = isFreeForm
            ? Message("[" + string.Concat(Enumerable.Repeat("[],", 4 * Mega)) + "0]")
            : "{\"status\":\"finished\",\"output\":{\"choices\":[" + string.Concat(Enumerable.Repeat("{\"text\":\"a\"},", (3 * Mega) / 2)) + "{}]}}";
        var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var httpClient = new HttpClient(new Handler(new EndingStream(body, () => cancellation.CancelAfter(1))));
        using var client = new TogetherAIInferenceClient(httpClient, Clients.Options(new Uri("http://localhost/"), options => options.MaxResponseBytes = int.MaxValue));

        await Assert.ThatAsync(
            () => client.RunAsync(Clients.Request, cancellationToken: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    private static TogetherAIInferenceClient LimitedClient(RawServer server) => Clients.For(server, static options => options.MaxResponseBytes = Limit);

    private static byte[] Compressed(string start, string unit, int length, string end)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(start.EndsWith('}') ? start[..^1] : start));
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 64 * 1024)));
            for (var written = 0; written < length; written += block.Length)
            {
                zip.Write(block);
            }

            zip.Write(Encoding.UTF8.GetBytes(end));
        }

        return target.ToArray();
    }

    private sealed class CountingStream : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Count += count;
    }

    private sealed class EndingStream(Stream body, Action ended) : ReadOnlyStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = body.Read(buffer, offset, count);
            if (read == 0)
            {
                ended();
            }

            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => Task.FromResult(Read(buffer, offset, count));
    }

    private sealed class Handler(Stream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            return Task.FromResult(new HttpResponseMessage { Content = content });
        }
    }
}
