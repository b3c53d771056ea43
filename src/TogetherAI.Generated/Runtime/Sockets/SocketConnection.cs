using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Sockets;

/// <summary>A WebSocket whose messages are JSON objects in text frames, in both directions.</summary>
/// <remarks>Invariant: at most one message is being sent and at most one is being received; each has a clock of its own.</remarks>
internal sealed class SocketConnection : IDisposable
{
    private const int FrameSize = 16 * 1024;

    private readonly ApiPipeline _pipeline;
    private readonly ApiCall _call;
    private readonly SocketErrors _errors;
    private readonly ClientWebSocket _socket;
    private readonly CallSettings _settings;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private int _isReading;
    private int _received;
    private volatile bool _isClosing;
    private volatile bool _isDisposed;

    private SocketConnection(ApiPipeline pipeline, ApiCall call, CallSettings settings, ClientWebSocket socket, SocketErrors errors)
    {
        _pipeline = pipeline;
        _call = call;
        _settings = settings;
        _socket = socket;
        _errors = errors;
    }

    /// <summary>Connects with the address, the key and the headers of the call.</summary>
    public static async Task<SocketConnection> OpenAsync(ApiPipeline pipeline, ApiCall call, CancellationToken cancellationToken)
    {
        var settings = pipeline.Settings(call, streaming: true);
        using var clock = pipeline.Clock(call, cancellationToken);
        clock.ThrowIfCancelledByCaller();
        clock.Start(TogetherAITimeoutPhase.ResponseHeaders, settings.Timeout);
        var socket = new ClientWebSocket();
        var errors = new SocketErrors(settings);
        try
        {
            await SocketHandshake.ConnectAsync(socket, call, settings, errors, clock.Token).ConfigureAwait(false);
            return new SocketConnection(pipeline, call, settings, socket, errors);
        }
        catch (Exception exception)
        {
            var error = errors.Connecting(exception, socket, clock);
            socket.Dispose();
            if (error is not null)
            {
                throw error;
            }

            throw;
        }
    }

    /// <summary>Sends a message; messages that are sent at the same time follow one another.</summary>
    public async Task SendAsync(object message, CancellationToken cancellationToken)
    {
        RequireOpen();
        Validation.Value(message ?? throw new ArgumentNullException(nameof(message)), nameof(message));
        using var written = ApiJson.Serialize(message);
        using var bytes = new MemoryStream();
        await written.TrySendAsync(bytes, cancellationToken).ConfigureAwait(false);
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WithClockAsync(token => _socket.SendAsync(new ArraySegment<byte>(bytes.GetBuffer(), 0, (int)bytes.Length), WebSocketMessageType.Text, endOfMessage: true, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Receives messages until the server closes the connection.</summary>
    public async IAsyncEnumerable<TMessage> ReadAllAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] TMessage>([EnumeratorCancellation] CancellationToken cancellationToken)
        where TMessage : class
    {
        RequireOpen();
        if (Interlocked.Exchange(ref _isReading, 1) != 0)
        {
            throw new InvalidOperationException("The messages of this connection are already being read.");
        }

        try
        {
            using var clock = _pipeline.Clock(_call, cancellationToken);
            clock.ThrowIfCancelledByCaller();
            clock.StartRepeated(TogetherAITimeoutPhase.StreamSilence, _settings.StreamIdleTimeout);
            using var message = new MemoryStream();
            var frame = new byte[FrameSize];
            while (await ReceiveAsync(message, frame, clock).ConfigureAwait(false))
            {
                var read = Read<TMessage>(message);
                _received++;
                yield return read;
            }
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    /// <summary>Says that no more messages are sent; the server then closes the connection, which ends the reading.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _isClosing = true;
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await WithClockAsync(token => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, token), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Closes the connection at once. What is being sent or received ends as cancelled.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _socket.Dispose();
    }

    private async Task WithClockAsync(Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        using var clock = _pipeline.Clock(_call, cancellationToken);
        clock.ThrowIfCancelledByCaller();
        clock.Start(TogetherAITimeoutPhase.StreamSilence, _settings.StreamIdleTimeout);
        try
        {
            await send(clock.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception, clock) is { } error)
        {
            throw error;
        }
    }

    private Exception? Translate(Exception exception, CallClock clock)
        => _isDisposed && exception is not TogetherAIException
            ? new OperationCanceledException("The connection was disposed while it was used.", exception)
            : _errors.Connected(exception, _received, clock);

    private void RequireOpen()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(objectName: null, "The connection has been disposed.");
        }
    }

    // False at the end of the connection.
    private async Task<bool> ReceiveAsync(MemoryStream message, byte[] frame, CallClock clock)
    {
        message.SetLength(0);
        try
        {
            WebSocketReceiveResult result;
            do
            {
                clock.Resume();
                result = await _socket.ReceiveAsync(new ArraySegment<byte>(frame), clock.Token).ConfigureAwait(false);
                clock.Pause();
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    _errors.RequireComplete(result, _isClosing, _received);
                    return false;
                }

                _errors.RequireText(result, message.Length, _received);
                message.Write(frame, 0, result.Count);
            }
            while (!result.EndOfMessage);
            return true;
        }
        catch (Exception exception) when (Translate(exception, clock) is { } error)
        {
            throw error;
        }
    }

    private TMessage Read<[DynamicallyAccessedMembers(ReadableTypes.Members)] TMessage>(MemoryStream message)
        where TMessage : class
    {
        var utf8 = new ReadOnlySpan<byte>(message.GetBuffer(), 0, (int)message.Length);
        TMessage read;
        try
        {
            read = ApiJson.Deserialize<TMessage>(utf8);
        }
        catch (Newtonsoft.Json.JsonException exception)
        {
            throw _errors.Malformed(exception, _received);
        }

        Debug.Assert(read is not null, "A message is an object.");
        return (read as IReportsFailure)?.Failure is { } failure && ServerError.IsFailure(failure) ? throw _errors.Reported(failure, message.ToArray(), _received) : read!;
    }
}
