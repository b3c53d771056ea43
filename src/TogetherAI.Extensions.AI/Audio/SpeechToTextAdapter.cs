using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace TogetherAI.Extensions.AI.Audio;

/// <summary>A speech-to-text client of Microsoft.Extensions.AI over the client for audio.</summary>
[Experimental(Provider.Experiment)]
internal sealed class SpeechToTextAdapter(ITogetherAIAudioClient client, string? model, TogetherAIRequestOptions? requestOptions) : ISpeechToTextClient
{
    private readonly SpeechToTextClientMetadata _metadata = new(Provider.Name, defaultModelId: model);

    public Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
        => SendAsync(Checked(audioSpeechStream), TranscriptionRequests.Create(this, model, options), cancellationToken);

    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default)
        // What cannot be sent is reported here, and not only when the stream is read.
        => StreamAsync(Checked(audioSpeechStream), TranscriptionRequests.Create(this, model, options), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => Provider.Find(serviceType, serviceKey, this, _metadata, client);

    public void Dispose()
    {
        // The client belongs to the caller.
    }

    private static Stream Checked(Stream? audio)
    {
        _ = audio ?? throw new ArgumentNullException(nameof(audio));
        return audio.CanRead ? audio : throw new ArgumentException("The stream is not readable.", nameof(audio));
    }

    private async Task<SpeechToTextResponse> SendAsync(Stream audio, object request, CancellationToken cancellationToken)
    {
        var file = await AudioFile.OpenAsync(audio, cancellationToken).ConfigureAwait(false);
        if (request is TranslationRequest translation)
        {
            translation.File = file;
            return TranscriptionResponses.Create(await client.CreateTranslationAsync(translation, requestOptions, cancellationToken).ConfigureAwait(false), translation.Model);
        }

        var transcription = (TranscriptionRequest)request;
        transcription.File = file;
        return TranscriptionResponses.Create(await client.CreateTranscriptionAsync(transcription, requestOptions, cancellationToken).ConfigureAwait(false), transcription.Model);
    }

    // The API responds as a whole.
    private async IAsyncEnumerable<SpeechToTextResponseUpdate> StreamAsync(Stream audio, object request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var response = await SendAsync(audio, request, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToSpeechToTextResponseUpdates())
        {
            yield return update;
        }
    }
}
