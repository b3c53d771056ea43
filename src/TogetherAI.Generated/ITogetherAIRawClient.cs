using System.Diagnostics.CodeAnalysis;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>
/// The calls of <see cref="TogetherAIRawClient"/>, to be replaced in tests. A later version may add members to it.
/// </summary>
public interface ITogetherAIRawClient
{
    /// <summary>Sends a request and returns its whole response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">Options of this call; null takes those of the client.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response as the server sent it.</returns>
    /// <exception cref="ArgumentException">The request belongs to another method (see <see cref="TogetherAIRawRequest.IsStreamRequested"/>), or an option is invalid.</exception>
    /// <exception cref="TogetherAIException">The call failed; also where a response with success contains nothing but an error.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Task<TogetherAIRawResponse> SendAsync(TogetherAIRawRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Sends a request and returns the bytes of its event stream as they arrive.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">Options of this call; null takes those of the client.</param>
    /// <param name="cancellationToken">Cancels the call, and reads of the stream.</param>
    /// <returns>The stream, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The request does not ask for a stream, or an option is invalid.</exception>
    /// <exception cref="TogetherAIException">The call failed, or the response is not an event stream.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Task<Stream> StreamBytesAsync(TogetherAIRawRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Sends a request and reads each event of its stream as an object. Each enumeration sends the request.</summary>
    /// <typeparam name="TChunk">What the data of an event is: a chunk of the document, or any class that Newtonsoft.Json can read.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="options">Options of this call; null takes those of the client.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The chunks. The stream of an operation that the document does not describe is complete at <c>[DONE]</c> or where it ends: one that
    /// was cut off cannot be told from it.
    /// </returns>
    /// <exception cref="ArgumentException">The request does not ask for a stream, or an option is invalid.</exception>
    /// <exception cref="TogetherAIException">Thrown while enumerating: the call or the stream failed.</exception>
    /// <exception cref="OperationCanceledException">Thrown while enumerating: the call was cancelled.</exception>
    IAsyncEnumerable<TChunk> StreamAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] TChunk>(TogetherAIRawRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        where TChunk : class;

    /// <summary>Sends a request and reads the text of its stream. Each enumeration sends the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">Options of this call; null takes those of the client.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The pieces of the text.</returns>
    /// <exception cref="ArgumentException">The request does not ask for a stream, the document does not describe its text, or an option is invalid.</exception>
    /// <exception cref="TogetherAIException">Thrown while enumerating: the call or the stream failed.</exception>
    /// <exception cref="OperationCanceledException">Thrown while enumerating: the call was cancelled.</exception>
    IAsyncEnumerable<string> StreamTokensAsync(TogetherAIRawRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default);
}
