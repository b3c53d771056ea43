using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Audio;

/// <summary>Makes the request of a text and options. What is set in a raw request takes precedence; nothing is dropped silently.</summary>
[Experimental(Provider.Experiment)]
internal static class SpeechRequests
{
    public static SpeechRequest Create(ITextToSpeechClient client, string? model, string? voice, string text, TextToSpeechOptions? options)
    {
        _ = text ?? throw new ArgumentNullException(nameof(text));
        RequireSupported(options?.Speed, nameof(TextToSpeechOptions.Speed));
        RequireSupported(options?.Pitch, nameof(TextToSpeechOptions.Pitch));
        RequireSupported(options?.Volume, nameof(TextToSpeechOptions.Volume));
        var request = Provider.Raw<SpeechRequest>(options?.RawRepresentationFactory?.Invoke(client)) ?? new SpeechRequest { Model = "", Input = "", Voice = "" };
        request.Model = Provider.Model(request.Model, options?.ModelId, model);
        request.Input = text;
        request.Voice = Provider.NullIfEmpty(request.Voice) ?? Provider.NullIfEmpty(options?.VoiceId) ?? Provider.NullIfEmpty(voice)
            ?? throw new InvalidOperationException("No voice is set. Set VoiceId in the options, or pass a voice when you create the client. ITogetherAIAudioClient.ListVoicesAsync returns the voices of each model.");
        request.Language ??= Language.From(options?.Language);
        request.ResponseFormat ??= SpeechFormats.From(options?.AudioFormat);
        AdditionalFields.Send(request.AdditionalProperties, options?.AdditionalProperties, nameof(TextToSpeechOptions));
        return request;
    }

    // 1 is what speech has anyway.
    private static void RequireSupported(float? value, string option)
    {
        if (value is not (null or 1))
        {
            throw new NotSupportedException($"TextToSpeechOptions.{option} is not supported by the API. For a model that supports it, set AdditionalProperties[\"{option.ToLowerInvariant()}\"].");
        }
    }
}
