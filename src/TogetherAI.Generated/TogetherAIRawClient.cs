using System.Diagnostics.CodeAnalysis;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;
using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

/// <summary>
/// Sends requests whose path and content are given as they are: what a gateway received, or a call that this version does not know.
/// Options, key, retries, timeouts, errors and limits are those of every other call. Content is neither checked nor searched for secrets.
/// </summary>
/// <remarks>Safe to use from many threads at once.</remarks>
public sealed class TogetherAIRawClient : ITogetherAIRawClient
{
    private readonly ApiPipeline _pipeline;

    internal TogetherAIRawClient(ApiPipeline pipeline) => _pipeline = pipeline;

    /// <inheritdoc />
    public Task<TogetherAIRawResponse> SendAsync(TogetherAIRawRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.SendRawAsync(
            Call(request, options, streaming: false),
            static (body, response) => new TogetherAIRawResponse { Body = body, Info = TogetherAIResponseInfo.Read(response) },
            cancellationToken);

    /// <inheritdoc />
    public Task<Stream> StreamBytesAsync(TogetherAIRawRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => _pipeline.StreamBytesAsync(Call(request, options, streaming: true), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<TChunk> StreamAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] TChunk>(TogetherAIRawRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        where TChunk : class
        => _pipeline.StreamAsync<TChunk>(Call(request, options, streaming: true), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<string> StreamTokensAsync(TogetherAIRawRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = Call(request, options, streaming: true);
        return StreamCalls.FormatOf(call).HasText
            ? _pipeline.StreamTokensAsync(call, cancellationToken)
            : throw new ArgumentException($"The OpenAPI document does not describe where a stream of {request.Method} {request.Path} has its text. Read it with StreamAsync or StreamBytesAsync.", nameof(request));
    }

    private ApiCall Call(TogetherAIRawRequest request, TogetherAIRequestOptions? options, bool streaming)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
        var known = request.Operation;
        var isStream = request.AsksForStream(known);
        if (isStream && !streaming)
        {
            throw new ArgumentException($"The request asks for a stream. Call {nameof(StreamBytesAsync)}, {nameof(StreamAsync)} or {nameof(StreamTokensAsync)}.", nameof(request));
        }

        if (!isStream && streaming && known is StreamOperation)
        {
            throw new ArgumentException($"The request does not ask for a stream: \"{RawCall.FlagOf(known)}\" is not true. Call {nameof(SendAsync)}.", nameof(request));
        }

        var operation = known is StreamOperation || (known is not null && !streaming) ? known : RawCall.Neighbour(TogetherAIClient.KnownOperations, request.Method, request.Path, known);
        var starts = operation.StartsIf is { } field && RawCall.IsTrue(request.Body.GetValueOrDefault().Span, field);
        return new ApiCall(operation, NoHooks.Instance, options).Raw(
            request.Path,
            request.Body is { } body ? new BytesBody(body, request.ContentType) : null,
            request.IsIdempotent ?? (operation.IsIdempotent && !starts));
    }
}
