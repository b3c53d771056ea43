using System.Diagnostics.CodeAnalysis;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>The calls of a pipeline whose response is read while it comes.</summary>
internal static class StreamCalls
{
    /// <summary>Sends a call and gives out the bytes of the event stream as they come.</summary>
    public static async Task<Stream> StreamBytesAsync(this ApiPipeline pipeline, ApiCall call, CancellationToken cancellationToken)
    {
        var format = FormatOf(call);
        var response = await pipeline.OpenAsync(call, streaming: true, cancellationToken).ConfigureAwait(false);
        try
        {
            await EventStreamCheck.RequireForBytesAsync(response, format).ConfigureAwait(false);
            return await ResponseStream.OpenBytesAsync(response, format).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            response.Record?.Failed(exception);
            response.Dispose();
            throw;
        }
    }

    /// <summary>Sends a call whose response is a file, and gives out its bytes as they come.</summary>
    /// <param name="pipeline">Sends the call.</param>
    /// <param name="call">The call.</param>
    /// <param name="create">Makes the file of its content, which owns the response, and of what the response says of it.</param>
    /// <param name="cancellationToken">Ends the call, and reads of the content.</param>
    public static async Task<TFile> DownloadAsync<TFile>(this ApiPipeline pipeline, ApiCall call, Func<Stream, ApiResponse, TFile> create, CancellationToken cancellationToken)
    {
        var response = await pipeline.OpenAsync(call, streaming: false, cancellationToken).ConfigureAwait(false);
        try
        {
            await FileCheck.RequireAsync(response, call.Operation.Accept).ConfigureAwait(false);
            var stream = await ResponseStream.OpenFileAsync(response).ConfigureAwait(false);
            return create(await FileCheck.RequireAsync(stream, response, call.Operation.Accept).ConfigureAwait(false), response);
        }
        catch (Exception exception)
        {
            response.Record?.Failed(exception);
            response.Dispose();
            throw;
        }
    }

    /// <summary>The events of a call as objects. Each enumeration sends the request.</summary>
    public static IAsyncEnumerable<TChunk> StreamAsync<[DynamicallyAccessedMembers(ReadableTypes.Members)] TChunk>(this ApiPipeline pipeline, ApiCall call, CancellationToken cancellationToken)
        where TChunk : class
        => new EventSequence<TChunk>(pipeline, call, static format => new ObjectChunkReader<TChunk>(format), cancellationToken);

    /// <summary>The events of a call as a union whose types differ by the names of the events. Each enumeration sends the request.</summary>
    public static IAsyncEnumerable<TUnion> StreamAsync<TUnion>(this ApiPipeline pipeline, ApiCall call, NamedEventReading<TUnion> read, CancellationToken cancellationToken)
        where TUnion : class
        => new EventSequence<TUnion>(pipeline, call, format => new NamedChunkReader<TUnion>(format, read), cancellationToken);

    /// <summary>The texts of a call's events. Each enumeration sends the request.</summary>
    public static IAsyncEnumerable<string> StreamTokensAsync(this ApiPipeline pipeline, ApiCall call, CancellationToken cancellationToken)
        => new EventSequence<string>(pipeline, call, static format => new TextChunkReader(format), cancellationToken);

    /// <summary>How the events of a call look.</summary>
    public static StreamFormat FormatOf(ApiCall call) => ((StreamOperation)call.Operation).Stream;
}
