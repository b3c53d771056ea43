using TogetherAI.Runtime.Sockets;

namespace TogetherAI;

/// <summary>A connection for live transcription.</summary>
/// <remarks>
/// Messages can be sent and received at the same time, by one reader. A canceled operation closes the connection. A failure that the
/// server reports throws a <see cref="TogetherAIStreamException"/>.
/// </remarks>
public sealed class RealtimeTranscriptionConnection : IDisposable
{
    private readonly SocketConnection _socket;

    internal RealtimeTranscriptionConnection(SocketConnection socket) => _socket = socket;

    /// <summary>Sends a message.</summary>
    /// <param name="command">The message.</param>
    /// <param name="cancellationToken">The token to cancel sending.</param>
    /// <exception cref="TogetherAIException">The message could not be sent.</exception>
    public Task SendAsync(RealtimeTranscriptionCommand command, CancellationToken cancellationToken = default) => _socket.SendAsync(command, cancellationToken);

    /// <summary>Sends audio to transcribe.</summary>
    /// <param name="audio">The audio in the format of the connection, which is appended to that sent before.</param>
    /// <param name="cancellationToken">The token to cancel sending.</param>
    public Task AppendAsync(ReadOnlyMemory<byte> audio, CancellationToken cancellationToken = default)
        => SendAsync(new RealtimeTranscriptionCommand { Type = RealtimeTranscriptionCommandType.AudioAppend, Audio = audio }, cancellationToken);

    /// <summary>Ends the turn: the audio that was sent is transcribed without waiting for more.</summary>
    /// <param name="cancellationToken">The token to cancel sending.</param>
    public Task CommitAsync(CancellationToken cancellationToken = default) => SendAsync(new RealtimeTranscriptionCommand { Type = RealtimeTranscriptionCommandType.AudioCommit }, cancellationToken);

    /// <summary>Receives messages until the server closes the connection.</summary>
    /// <param name="cancellationToken">The token to cancel receiving.</param>
    /// <returns>The messages, as they arrive.</returns>
    /// <exception cref="TogetherAIStreamException">The server reported a failure, or the connection was lost.</exception>
    /// <exception cref="TogetherAITimeoutException">No message was received within <see cref="TogetherAIOptions.StreamIdleTimeout"/>.</exception>
    public IAsyncEnumerable<RealtimeTranscriptionEvent> ReadAllAsync(CancellationToken cancellationToken = default) => _socket.ReadAllAsync<RealtimeTranscriptionEvent>(cancellationToken);

    /// <summary>Tells the server that no more messages will be sent; it then closes the connection, and reading ends.</summary>
    /// <param name="cancellationToken">The token to cancel sending.</param>
    public Task CloseAsync(CancellationToken cancellationToken = default) => _socket.CloseAsync(cancellationToken);

    /// <summary>Closes the connection immediately.</summary>
    public void Dispose() => _socket.Dispose();
}
