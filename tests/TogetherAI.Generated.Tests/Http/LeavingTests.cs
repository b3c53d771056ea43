using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>
/// Every way of leaving a response before its end closes its connection at once. The HTTP stack of these tests would
/// otherwise wait for the rest for ever.
/// </summary>
[CancelAfter(30_000)]
public sealed class LeavingTests
{
    private const string Json = "Content-Type: application/json\r\n";
    private const string Html = "Content-Type: text/html\r\n";
    private const string Events = "Content-Type: text/event-stream\r\n";
    private const string BrokenGzip = "Content-Encoding: gzip\r\n";

    private static readonly string Large = new('x', 200_000);

    private static HttpClient WaitingHttpClient => new(new SocketsHttpHandler
    {
        MaxResponseDrainSize = int.MaxValue,
        ResponseDrainTimeout = Timeout.InfiniteTimeSpan,
    })
    {
        MaxResponseContentBufferSize = 100_000,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static IEnumerable<TestCaseData> Ways =>
    [
        Way("too_large", "200 OK", Json, "{\"id\":\"" + Large, Call.Run),
        Way("broken_compression", "200 OK", Json + BrokenGzip, Large, Call.Run),
        Way("error_body_beyond_what_is_kept", "400 Bad Request", Json, Large, Call.Run),
        Way("error_body_in_broken_compression", "400 Bad Request", Json + BrokenGzip, Large, Call.Run),
        Way("stream_error_body_beyond_what_is_kept", "400 Bad Request", Json, Large, Call.StreamTokens),
        Way("page_instead_of_a_stream", "200 OK", Html, Large, Call.StreamTokens),
        Way("stream_in_broken_compression", "200 OK", Events + BrokenGzip, Large, Call.StreamTokens),
        Way("bytes_in_broken_compression", "200 OK", Events + BrokenGzip, Large, Call.StreamBytes),
        Way("malformed_event", "200 OK", Events, "data: {\n\n", Call.Stream),
        Way("error_event", "200 OK", Events, "data: {\"error\":\"no\"}\n\n", Call.StreamTokens),
    ];

    [TestCaseSource(nameof(Ways))]
    public async Task Response_that_is_left_closes_its_connection_at_once(string status, string headers, string body, Call call, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = Holding(status, headers, body, closed);
        using var httpClient = WaitingHttpClient;
        using var client = Clients.For(server, httpClient);

        await Assert.ThatAsync(() => client.CompleteAsync(call, cancellationToken: cancellationToken), Throws.InstanceOf<TogetherAIException>());

        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    [Test]
    public async Task File_that_is_a_message_closes_its_connection_at_once(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = Holding("200 OK", Json, Large, closed);
        using var httpClient = WaitingHttpClient;
        using var client = new TogetherAIClient(httpClient, Clients.Options(server.Url));
        var request = new SpeechRequest { Model = "m", Input = "Hi.", Voice = "v" };

        await Assert.ThatAsync(() => client.Audio.CreateSpeechAsync(request, cancellationToken: cancellationToken), Throws.InstanceOf<TogetherAIException>());

        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    [TestCaseSource(typeof(Calls), nameof(Calls.All))]
    public async Task Callback_that_fails_closes_the_connection_at_once(Call call, CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        await using var server = Holding("200 OK", call == Call.Run ? Json : Events, "", closed);
        using var httpClient = WaitingHttpClient;
        using var client = Clients.For(server, httpClient);
        var options = new TogetherAIRequestOptions { ResponseReceived = _ => throw new FormatException() };

        await Assert.ThatAsync(() => client.CompleteAsync(call, options, cancellationToken), Throws.TypeOf<FormatException>());

        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    [Test]
    public async Task Response_that_is_retried_closes_its_connection_at_once(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource();
        var isFirst = 1;
        await using var server = RawServer.Start(async (connection, _, stop) =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 0)
            {
                await connection.SendAsync(Answers.Run, stop);
                return;
            }

            await SendAsync(connection, "503 Service Unavailable", Json + "x-should-retry: true\r\n", Large, stop);
            await connection.WaitForCloseAsync(stop);
            closed.SetResult();
        });
        using var httpClient = WaitingHttpClient;
        using var client = Clients.For(server, httpClient, options =>
        {
            options.MaxRetries = 1;
            options.TimeProvider = new InstantTime();
            options.Timeout = Timeout.InfiniteTimeSpan;
        });

        await client.CompleteAsync(Call.Run, cancellationToken: cancellationToken);

        await Assert.ThatAsync(() => closed.Task.WaitAsync(cancellationToken), Throws.Nothing);
    }

    private static TestCaseData Way(string name, string status, string headers, string body, Call call)
        => new TestCaseData(status, headers, body, call).SetArgDisplayNames(name);

    private static RawServer Holding(string status, string headers, string body, TaskCompletionSource closed) => RawServer.Start(async (connection, _, stop) =>
    {
        await SendAsync(connection, status, headers, body, stop);
        await connection.WaitForCloseAsync(stop);
        closed.SetResult();
    });

    private static async Task SendAsync(RawConnection connection, string status, string headers, string body, CancellationToken stop)
    {
        await connection.SendAsync($"HTTP/1.1 {status}\r\n{headers}Transfer-Encoding: chunked\r\n\r\n", stop);
        if (body.Length > 0)
        {
            try
            {
                await connection.SendChunkAsync(Encoding.ASCII.GetBytes(body), stop);
            }
            catch (IOException)
            {
                // The client has closed before it had read all of it.
            }
        }
    }
}
