using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Audio;

/// <summary>
/// Makes the request of a transcription, or of a translation if the text is to be in another language. What is set in a raw request
/// takes precedence; nothing is dropped silently.
/// </summary>
[Experimental(Provider.Experiment)]
internal static class TranscriptionRequests
{
    // Replaced when the request is sent.
    private static readonly FileUpload NoFile = FileUpload.FromBytes([], "audio.wav");

    /// <summary>Returns a <see cref="TranscriptionRequest"/> or a <see cref="TranslationRequest"/>, still without its file.</summary>
    public static object Create(ISpeechToTextClient client, string? model, SpeechToTextOptions? options)
    {
        if (options?.SpeechSampleRate is not null)
        {
            throw new NotSupportedException("SpeechToTextOptions.SpeechSampleRate is not supported: the API accepts audio files, which contain their sample rate.");
        }

        var raw = options?.RawRepresentationFactory?.Invoke(client);
        return raw is TranslationRequest || IsTranslation(options)
            ? Translation(Provider.Raw<TranslationRequest>(raw), model, options)
            : Transcription(Provider.Raw<TranscriptionRequest>(raw), model, options);
    }

    private static bool IsTranslation(SpeechToTextOptions? options)
        => Language.From(options?.TextLanguage) is { } language && language != Language.From(options?.SpeechLanguage);

    private static TranslationRequest Translation(TranslationRequest? raw, string? model, SpeechToTextOptions? options)
    {
        var request = raw ?? new TranslationRequest { File = NoFile };
        request.Model = Model(request.Model, options, model);
        request.Language ??= Language.From(options?.TextLanguage);
        AdditionalFields.Send(request.AdditionalProperties, options?.AdditionalProperties, nameof(SpeechToTextOptions));
        return request;
    }

    private static TranscriptionRequest Transcription(TranscriptionRequest? raw, string? model, SpeechToTextOptions? options)
    {
        var request = raw ?? new TranscriptionRequest { File = NoFile };
        request.Model = Model(request.Model, options, model);
        request.Language ??= Language.From(options?.SpeechLanguage);
        AdditionalFields.Send(request.AdditionalProperties, options?.AdditionalProperties, nameof(SpeechToTextOptions));
        return request;
    }

    // Unlike other operations, these have a default.
    private static string? Model(string? ofRequest, SpeechToTextOptions? options, string? ofAdapter)
        => Provider.NullIfEmpty(ofRequest) ?? Provider.NullIfEmpty(options?.ModelId) ?? Provider.NullIfEmpty(ofAdapter);
}
