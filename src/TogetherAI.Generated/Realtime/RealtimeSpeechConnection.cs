using TogetherAI.Runtime.Sockets;

namespace TogetherAI;

/// <summary>A connection for live speech synthesis.</summary>
/// <remarks>
/// Messages can be sent and received at the same time, by one reader. A canceled operation closes the connection. A failure that the
/// server reports throws a <see cref="TogetherAIStreamException"/>.
/// </remarks>
public sealed class RealtimeSpeechConnection : IDisposable
{
    private readonly SocketConnection _socket;

    internal RealtimeSpeechConnection(SocketConnection socket) => _socket = socket;

    /// <summary>Sends a message.</summary>
    /// <param name="command">The message.</param>
    /// <param name="cancellationToken">The token to cancel sending.</param>
    /// <exception cref="TogetherAIException">The message could not be sent.</exception>
    public Task SendAsync(RealtimeSpeechCommand command, CancellationToken cancellationToken = default) => _socket.SendAsync(command, cancellationToken);

    /// <summary>Sends text to synthesize.</summary>
    /// <param name="text">The text, which is appended to that sent before.</param>
    /// <param name="cancellationToken">The token to cancel sending.</param>
    public Task AppendAsync(string text, CancellationToken cancellationToken = default)
        => SendAsync(new RealtimeSpeechCommand { Type = RealtimeSpeechCommandType.TextAppend, Text = text ?? throw new ArgumentNullException(nameof(text)) }, cancellationToken);

    /// <summary>Requests the synthesis of the text that was sent, without waiting for more.</summary>
    /// <param name="cancellationToken">The token to cancel sending.</param>
    public Task CommitAsync(CancellationToken cancellationToken = default) => SendAsync(new RealtimeSpeechCommand { Type = RealtimeSpeechCommandType.TextCommit }, cancellationToken);

    /// <summary>Receives messages until the server closes the connection.</summary>
    /// <param name="cancellationToken">The token to cancel receiving.</param>
    /// <returns>The messages, as they arrive.</returns>
    /// <exception cref="TogetherAIStreamException">The server reported a failure, or the connection was lost.</exception>
    /// <exception cref="TogetherAITimeoutException">No message was received within <see cref="TogetherAIOptions.StreamIdleTimeout"/>.</exception>
    public IAsyncEnumerable<RealtimeSpeechEvent> ReadAllAsync(CancellationToken cancellationToken = default) => _socket.ReadAllAsync<RealtimeSpeechEvent>(cancellationToken);

    /// <summary>Tells the server that no more messages will be sent; it then closes the connection, and reading ends.</summary>
    /// <param name="cancellationToken">The token to cancel sending.</param>
    public Task CloseAsync(CancellationToken cancellationToken = default) => _socket.CloseAsync(cancellationToken);

    /// <summary>Closes the connection immediately.</summary>
    public void Dispose() => _socket.Dispose();
}
