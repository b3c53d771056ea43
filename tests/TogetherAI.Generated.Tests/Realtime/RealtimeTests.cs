using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace TogetherAI.Tests.Realtime;

public sealed class RealtimeTests
{
    private const string Completed = """{"type":"conversation.item.input_audio_transcription.completed","item_id":"i","transcript":"hello","start":0.5}""";

    private static readonly RealtimeTranscriptionParameters Request = new() { Model = "m", InputAudioFormat = "pcm_s16le_16000", TurnDetection = "none", Threshold = 0.25, MinSilenceMilliseconds = 300 };

    [Test, CancelAfter(30_000)]
    public async Task Transcription_messages_go_both_ways(CancellationToken cancellationToken)
    {
        var received = new List<string?>();
        using var server = SocketServer.Accept(async socket =>
        {
            await SocketServer.SendAsync(socket, """{"type":"session.created","session":{"id":"s","model":"m"}}""");
            received.Add(await SocketServer.ReceiveAsync(socket));
            received.Add(await SocketServer.ReceiveAsync(socket));
            await SocketServer.SendAsync(socket, Completed);
            received.Add(await SocketServer.ReceiveAsync(socket));
            await SocketServer.CloseAsync(socket);
        });

        using var connection = await server.Client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken);
        await connection.AppendAsync(new byte[] { 1, 2, 3 }, cancellationToken);
        await connection.CommitAsync(cancellationToken);
        var events = new List<RealtimeTranscriptionEvent>();
        await foreach (var message in connection.ReadAllAsync(cancellationToken))
        {
            events.Add(message);
            if (message.Type == RealtimeTranscriptionEventType.TranscriptionCompleted)
            {
                await connection.CloseAsync(cancellationToken);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(events.Select(message => message.Type), Is.EqualTo(new[] { RealtimeTranscriptionEventType.SessionCreated, RealtimeTranscriptionEventType.TranscriptionCompleted }));
            Assert.That((events[0].Session!.Id, events[1].Transcript, (double)events[1].AdditionalProperties["start"]), Is.EqualTo(("s", "hello", 0.5)));
            Assert.That(received, Is.EqualTo(new[] { """{"type":"input_audio_buffer.append","audio":"AQID"}""", """{"type":"input_audio_buffer.commit"}""", null }));
            Assert.That(server.Request!.RawUrl, Is.EqualTo("/v1/realtime?model=m&input_audio_format=pcm_s16le_16000&turn_detection=none&threshold=0.25&min_silence_duration_ms=300"));
            Assert.That((server.Request.Headers["Authorization"], server.Request.Headers["OpenAI-Beta"]), Is.EqualTo(("Bearer the-secret-key", "realtime=v1")));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Speech_is_received_in_parts(CancellationToken cancellationToken)
    {
        string? text = null;
        using var server = SocketServer.Accept(async socket =>
        {
            text = await SocketServer.ReceiveAsync(socket);
            await SocketServer.SendAsync(socket, """{"type":"conversation.item.audio_output.delta","item_id":"i","delta":"AQID"}""");
            await SocketServer.CloseAsync(socket);
        });

        using var connection = await server.Client.Realtime.ConnectSpeechAsync(new RealtimeSpeechParameters { Voice = "v" }, cancellationToken);
        await connection.AppendAsync("héllo", cancellationToken);
        var events = await connection.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(events.Single().Delta!.Value.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(text, Is.EqualTo("""{"type":"input_text_buffer.append","text":"héllo"}"""));
            Assert.That(server.Request!.RawUrl, Is.EqualTo("/v1/audio/speech/websocket?voice=v"));
        }
    }

    [TestCase(401, typeof(TogetherAIAuthenticationException))]
    [TestCase(404, typeof(TogetherAINotFoundException))]
    [TestCase(429, typeof(TogetherAIRateLimitException))]
    [TestCase(503, typeof(TogetherAIServerException))]
    [CancelAfter(30_000)]
    public void Connection_that_is_refused_throws_by_its_status(int status, Type type, CancellationToken cancellationToken)
    {
        using var server = SocketServer.Refuse(status);

        Assert.That(
            async () => await server.Client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken),
            Throws.TypeOf(type).With.Property(nameof(TogetherAIException.StatusCode)).EqualTo((HttpStatusCode)status));
    }

    [Test, CancelAfter(30_000)]
    public void Connection_that_nobody_accepts_throws(CancellationToken cancellationToken)
    {
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = new Uri("http://127.0.0.1:1/"), ApiKey = "k" });

        Assert.That(async () => await client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken), Throws.TypeOf<TogetherAIConnectionException>());
    }

    [TestCase("""{"type":"error","error":{"message":"Bad key the-secret-key.","code":"invalid_api_key"}}""")]
    [TestCase("""{"type":"conversation.item.input_audio_transcription.failed","error":{"message":"Bad key the-secret-key.","code":"invalid_api_key"}}""")]
    [CancelAfter(30_000)]
    public async Task Failure_that_the_server_reports_throws_what_it_says_without_the_key(string message, CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(async socket =>
        {
            await SocketServer.SendAsync(socket, Completed);
            await SocketServer.SendAsync(socket, message);
        });

        var exception = await FailureAsync(server, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((exception.Failure, exception.ErrorCode, exception.EventsReceived), Is.EqualTo((TogetherAIStreamFailure.ServerError, "invalid_api_key", 1)));
            Assert.That(exception.ToString(), Does.Contain("Bad key").And.Not.Contain("the-secret-key"));
            Assert.That(exception.ResponseBody, Does.Contain("Bad key").And.Not.Contain("the-secret-key"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Failure_of_one_turn_is_a_message(CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(async socket =>
        {
            await SocketServer.SendAsync(socket, """{"type":"conversation.item.input_audio_transcription.failed","event_type":"completed","error":{"message":"Lost."}}""");
            await SocketServer.SendAsync(socket, Completed);
            await SocketServer.CloseAsync(socket);
        });

        using var connection = await server.Client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken);
        var events = await connection.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);

        Assert.That(events.Select(message => message.Transcript), Is.EqualTo(new[] { null, "hello" }));
    }

    [TestCase("nonsense")]
    [TestCase("[]")]
    [TestCase("""{"type":"conversation.item.input_audio_transcription.completed","transcript":{"text":"hello"}}""")]
    [CancelAfter(30_000)]
    public async Task Message_that_cannot_be_read_is_no_empty_message(string message, CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(socket => SocketServer.SendAsync(socket, message));

        Assert.That((await FailureAsync(server, cancellationToken)).Failure, Is.EqualTo(TogetherAIStreamFailure.MalformedEvent));
    }

    [Test, CancelAfter(30_000)]
    public async Task Binary_message_is_refused(CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(socket
            => socket.SendAsync(new ArraySegment<byte>([1, 2]), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None));

        Assert.That((await FailureAsync(server, cancellationToken)).Failure, Is.EqualTo(TogetherAIStreamFailure.MalformedEvent));
    }

    [Test, CancelAfter(30_000)]
    public async Task Message_that_is_too_large_is_refused(CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(
            socket => SocketServer.SendAsync(socket, $$"""{"type":"{{new string('a', 100_000)}}"}"""), static options => options.MaxEventBytes = 50_000);

        Assert.That((await FailureAsync(server, cancellationToken)).Failure, Is.EqualTo(TogetherAIStreamFailure.EventTooLarge));
    }

    [Test, CancelAfter(30_000)]
    public async Task Connection_that_the_server_ends_early_is_incomplete(CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(async socket =>
        {
            await SocketServer.SendAsync(socket, Completed);
            await SocketServer.CloseAsync(socket, WebSocketCloseStatus.InternalServerError, "Out of capacity.");
        });

        var exception = await FailureAsync(server, cancellationToken);

        Assert.That((exception.Failure, exception.EventsReceived), Is.EqualTo((TogetherAIStreamFailure.Incomplete, 1)));
        Assert.That(exception.Message, Does.Contain("1011").And.Contain("Out of capacity."));
    }

    [Test, CancelAfter(30_000)]
    public async Task Connection_that_breaks_is_lost(CancellationToken cancellationToken)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AcceptAndBreakAsync(listener);
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = new Uri($"http://{listener.LocalEndpoint}/"), ApiKey = "k" });

        using var connection = await client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken);
        await serving;
        listener.Stop();

        Assert.That(
            async () => await connection.ReadAllAsync(cancellationToken).CountAsync(cancellationToken),
            Throws.TypeOf<TogetherAIStreamException>().With.Property(nameof(TogetherAIStreamException.Failure)).EqualTo(TogetherAIStreamFailure.ConnectionLost));
    }

    [Test, CancelAfter(30_000)]
    public async Task Silence_ends_the_reading(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        using var server = SocketServer.Accept(
            async socket =>
            {
                await SocketServer.SendAsync(socket, Completed);
                await SocketServer.ReceiveAsync(socket);
            },
            options => options.TimeProvider = time);
        using var connection = await server.Client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken);
        await using var messages = connection.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await messages.MoveNextAsync();

        var next = messages.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(async () => await next, Throws.TypeOf<TogetherAITimeoutException>().With.Property(nameof(TogetherAITimeoutException.Phase)).EqualTo(TogetherAITimeoutPhase.StreamSilence));
    }

    [Test, CancelAfter(30_000)]
    public async Task Reading_is_cancelled(CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(static socket => SocketServer.ReceiveAsync(socket));
        using var connection = await server.Client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken);
        using var cancellation = new CancellationTokenSource();
        await using var messages = connection.ReadAllAsync(cancellation.Token).GetAsyncEnumerator(cancellationToken);

        var next = messages.MoveNextAsync().AsTask();
        cancellation.Cancel();

        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task Disposal_while_a_message_is_awaited_ends_the_reading_as_cancelled(CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(static socket => SocketServer.ReceiveAsync(socket));
        using var connection = await server.Client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken);
        await using var messages = connection.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = messages.MoveNextAsync().AsTask();

        connection.Dispose();

        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>().With.Message.Contains("disposed"));
        Assert.That(async () => await connection.CommitAsync(cancellationToken), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task Second_reader_is_refused(CancellationToken cancellationToken)
    {
        using var server = SocketServer.Accept(static socket => SocketServer.ReceiveAsync(socket));
        using var connection = await server.Client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken);
        await using var first = connection.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = first.MoveNextAsync().AsTask();

        Assert.That(async () => await connection.ReadAllAsync(cancellationToken).FirstAsync(cancellationToken), Throws.InvalidOperationException);
        connection.Dispose();
        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Request_without_a_model_is_refused_before_anything_is_sent()
    {
        using var client = new TogetherAIRealtimeClient(new TogetherAIOptions { ApiKey = "k" });

        Assert.That(async () => await client.ConnectTranscriptionAsync(new RealtimeTranscriptionParameters { Model = "", InputAudioFormat = "pcm_s16le_16000" }), Throws.InstanceOf<ArgumentException>());
        Assert.That(async () => await client.ConnectSpeechAsync(null!), Throws.ArgumentNullException);
    }

    // RFC 6455, 4.2.2; then the connection ends without a word.
    private static async Task AcceptAndBreakAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var request = "";
        var buffer = new byte[4096];
        while (!request.Contains("\r\n\r\n"))
        {
            request += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, 0, buffer.Length));
        }

        var key = Regex.Match(request, "Sec-WebSocket-Key: (.*)\r", RegexOptions.IgnoreCase).Groups[1].Value;
        using var hash = SHA1.Create();
        var accept = Convert.ToBase64String(hash.ComputeHash(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        var response = Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
        await stream.WriteAsync(response, 0, response.Length);
    }

    private static async Task<TogetherAIStreamException> FailureAsync(SocketServer server, CancellationToken cancellationToken)
    {
        using var connection = await server.Client.Realtime.ConnectTranscriptionAsync(Request, cancellationToken);
        try
        {
            await connection.ReadAllAsync(cancellationToken).CountAsync(cancellationToken);
        }
        catch (TogetherAIStreamException exception)
        {
            return exception;
        }

        throw new AssertionException("The reading ended without a failure.");
    }
}
