using System.IO.Compression;
using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>The bytes of an error response on the exception: those of the server, bounded, and without secrets.</summary>
[CancelAfter(30_000)]
public sealed class ErrorBytesTests
{
    private const string Key = "sk-0123456789/abcdef";
    private const string Body = """{"error":{"message":"This is why."}}""";

    private static readonly byte[] NoText = [0xFF, 0x00, 0xC3, 0x28, .. "caf\u00e9"u8, 0xE9];

    [Test]
    public async Task Error_response_of_any_call_has_the_bytes_of_the_server()
    {
        await using var server = Answering(422, NoText);
        using var client = Clients.For(server);

        foreach (var call in Calls.All)
        {
            var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.CompleteAsync(call));

            Assert.That(exception.ResponseBodyBytes.ToArray(), Is.EqualTo(NoText));
        }
    }

    [Test]
    public async Task Compressed_error_response_has_its_bytes_without_compression()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Body), 0, Body.Length);
        }

        await using var server = Answering(500, compressed.ToArray(), "Content-Encoding: gzip\r\n");
        using var client = Clients.For(server, options => options.MaxRetries = 0);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        Assert.That(Encoding.UTF8.GetString(exception.ResponseBodyBytes.ToArray()), Is.EqualTo(Body));
    }

    [Test]
    public async Task Error_response_larger_than_the_limit_has_the_bytes_up_to_it()
    {
        var body = Enumerable.Range(0, 1000).Select(static number => (byte)number).ToArray();
        await using var server = Answering(422, body);
        using var client = Clients.For(server, options => options.MaxErrorResponseBytes = 300);

        var exception = await Failures.Of<TogetherAIInvalidRequestException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ResponseBodyBytes.ToArray(), Is.EqualTo(body.Take(300)));
        Assert.That(exception.IsResponseBodyTruncated, Is.True);
    }

    [TestCase("sk-0123456789/abcdef")]
    [TestCase("sk-0123456789\\/abcdef")]
    [TestCase("sk-0123456789%2Fabcdef")]
    public async Task Secret_is_masked_and_the_bytes_around_it_stay(string written)
    {
        await using var server = Answering(401, [.. NoText, .. Encoding.ASCII.GetBytes($" {written} "), .. NoText]);
        using var client = Clients.For(server, options => options.ApiKey = Key);

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request));

        Assert.That(exception.ResponseBodyBytes.ToArray(), Is.EqualTo((byte[])[.. NoText, .. " *** "u8, .. NoText]));
    }

    [TestCase("utf-16")]
    [TestCase("utf-32")]
    public async Task Secret_in_another_charset_is_masked(string charset)
    {
        var encoding = Encoding.GetEncoding(charset);
        await using var server = Answering(401, encoding.GetBytes($"bad key {Key} given"), $"Content-Type: text/plain; charset={charset}\r\n");
        using var client = Clients.For(server, options => options.ApiKey = Key);

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request));

        Assert.That(encoding.GetString(exception.ResponseBodyBytes.ToArray()), Is.EqualTo("bad key *** given"));
    }

    [Test]
    public async Task Secret_that_is_no_ASCII_is_masked()
    {
        await using var server = Answering(401, Encoding.UTF8.GetBytes("No user for schlüssel-äöü here"));
        using var client = Clients.For(server, options => options.BaseUrl = new UriBuilder(options.BaseUrl!) { UserName = "somebody", Password = "schlüssel-äöü" }.Uri);

        var exception = await Failures.Of<TogetherAIAuthenticationException>(() => client.RunAsync(Clients.Request));

        Assert.That(Encoding.UTF8.GetString(exception.ResponseBodyBytes.ToArray()), Is.EqualTo("No user for *** here"));
    }

    [Test]
    public async Task Failure_with_a_status_of_success_has_its_bytes()
    {
        await using var server = RawServer.Answering(Answers.Of(200, Body));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIServerException>(() => client.RunAsync(Clients.Request));

        Assert.That(Encoding.UTF8.GetString(exception.ResponseBodyBytes.ToArray()), Is.EqualTo(Body));
    }

    [TestCase("text/html", "<html>Log in</html>")]
    [TestCase("application/json", Body)]
    [TestCase("text/event-stream", Body)]
    public async Task Response_that_is_no_stream_has_its_bytes(string type, string body)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, type));
        using var client = Clients.For(server);

        foreach (var call in Calls.Streams)
        {
            var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(call));

            Assert.That(Encoding.UTF8.GetString(exception.ResponseBodyBytes.ToArray()), Is.EqualTo(body));
        }
    }

    [Test]
    public async Task Error_in_a_stream_has_the_bytes_of_its_event()
    {
        await using var server = RawServer.Answering(Answers.Of(200, $"data: {Body}\n\n", "text/event-stream"));
        using var client = Clients.For(server);

        var exception = await Failures.Of<TogetherAIStreamException>(() => client.CompleteAsync(Call.Stream));

        Assert.That(Encoding.UTF8.GetString(exception.ResponseBodyBytes.ToArray()), Is.EqualTo(Body));
    }

    [Test]
    public async Task Call_without_a_response_has_no_bytes()
    {
        var exception = await Failures.Of<TogetherAIException>(async () =>
        {
            using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = new Uri("http://127.0.0.1:1/"), ApiKey = Key, MaxRetries = 0 });
            await client.Inference.RunAsync(Clients.Request);
        });

        Assert.That(exception.ResponseBodyBytes.IsEmpty, Is.True);
        Assert.That(new TogetherAIException().ResponseBodyBytes.IsEmpty, Is.True);
    }

    private static RawServer Answering(int status, byte[] body, string headers = "")
        => RawServer.Start((connection, _, stop) => connection.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Status\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body], stop));
}
