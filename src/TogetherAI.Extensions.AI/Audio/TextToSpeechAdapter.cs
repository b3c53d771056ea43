using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace TogetherAI.Extensions.AI.Audio;

/// <summary>A text-to-speech client of Microsoft.Extensions.AI over the client for audio.</summary>
[Experimental(Provider.Experiment)]
internal sealed class TextToSpeechAdapter(ITogetherAIAudioClient client, string? model, string? voice, TogetherAIRequestOptions? requestOptions) : ITextToSpeechClient
{
    private readonly TextToSpeechClientMetadata _metadata = new(Provider.Name, defaultModelId: model);

    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = SpeechRequests.Create(this, model, voice, text, options);
        using var download = await client.CreateSpeechAsync(request, requestOptions, cancellationToken).ConfigureAwait(false);
        var audio = await SpeechResponses.ReadAsync(download, cancellationToken).ConfigureAwait(false);
        return SpeechResponses.Create(download, audio, request);
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        // What cannot be sent is reported here, and not only when the stream is read.
        var request = SpeechRequests.Create(this, model, voice, text, options);
        if (request.ResponseFormat is { } format && format != SpeechResponseFormat.Raw)
        {
            return StreamFileAsync(request, cancellationToken);
        }

        // Events have nothing else. Their samples are of the one encoding that every model has, so that it need not be guessed.
        request.ResponseFormat = SpeechResponseFormat.Raw;
        request.ResponseEncoding ??= SpeechResponseEncoding.PcmInt16;
        return StreamSamplesAsync(request, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => Provider.Find(serviceType, serviceKey, this, _metadata, client);

    public void Dispose()
    {
        // The client belongs to the caller.
    }

    private async IAsyncEnumerable<TextToSpeechResponseUpdate> StreamSamplesAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasAudio = false;
        await foreach (var chunk in client.StreamSpeechAsync(request, requestOptions, cancellationToken).ConfigureAwait(false))
        {
            hasAudio |= chunk.Audio is { Length: > 0 };
            yield return SpeechResponses.Create(chunk, request);
        }

        SpeechResponses.RequireAudio(hasAudio);
    }

    // A file is passed on in pieces, as it arrives.
    private async IAsyncEnumerable<TextToSpeechResponseUpdate> StreamFileAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var download = await client.CreateSpeechAsync(request, requestOptions, cancellationToken).ConfigureAwait(false);
        string? mediaType = null;
        while (await SpeechResponses.ReadPieceAsync(download, cancellationToken).ConfigureAwait(false) is { Length: > 0 } piece)
        {
            mediaType ??= SpeechFormats.MediaTypeOf(download.ContentType, request.ResponseFormat, piece.Span);
            yield return SpeechResponses.Create(download, piece, mediaType, request);
        }

        SpeechResponses.RequireAudio(mediaType is not null);
    }
}
