namespace TogetherAI.Extensions.AI.Audio;

/// <summary>The formats of speech, as media types and as the API names them.</summary>
internal static class SpeechFormats
{
    private const string Samples = "audio/pcm";

    /// <summary>Converts a media type or a name.</summary>
    /// <exception cref="NotSupportedException">It is a media type that the API has no name for.</exception>
    public static SpeechResponseFormat? From(string? format) => format?.Trim().ToLowerInvariant() switch
    {
        null or "" => null,
        "audio/mpeg" or "audio/mp3" => SpeechResponseFormat.Mp3,
        "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => SpeechResponseFormat.Wav,
        "audio/flac" or "audio/x-flac" => SpeechResponseFormat.Flac,
        "audio/opus" => SpeechResponseFormat.Opus,
        "audio/aac" => SpeechResponseFormat.Aac,
        "audio/basic" => SpeechResponseFormat.MuLaw,
        Samples => SpeechResponseFormat.Raw,
        var name when name.IndexOf('/') < 0 => new SpeechResponseFormat(name),
        _ => throw new NotSupportedException($"TextToSpeechOptions.AudioFormat {format} is not supported. Use a name such as mp3, wav or raw, or the media type of one."),
    };

    /// <summary>The media type of audio: what the server says, what was requested, or what the audio is.</summary>
    public static string MediaTypeOf(string? sent, SpeechResponseFormat? requested, ReadOnlySpan<byte> audio)
        => sent is not null && sent.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) ? sent
            : MediaTypeOf(requested) ?? FileSignature.Find(audio)?.MediaType ?? "application/octet-stream";

    private static string? MediaTypeOf(SpeechResponseFormat? format) => format?.Value switch
    {
        SpeechResponseFormat.Values.Mp3 => "audio/mpeg",
        SpeechResponseFormat.Values.Wav => "audio/wav",
        SpeechResponseFormat.Values.Flac => "audio/flac",
        SpeechResponseFormat.Values.Opus => "audio/opus",
        SpeechResponseFormat.Values.Aac => "audio/aac",
        SpeechResponseFormat.Values.MuLaw => "audio/basic",
        SpeechResponseFormat.Values.Raw or SpeechResponseFormat.Values.Pcm => Samples,
        _ => null,
    };
}
