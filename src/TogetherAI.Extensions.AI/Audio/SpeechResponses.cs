using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Audio;

/// <summary>Reads and converts speech.</summary>
[Experimental(Provider.Experiment)]
internal static class SpeechResponses
{
    // About half an hour in the largest format.
    private const int MaxBytes = 256 * 1024 * 1024;

    private const int PieceSize = 16 * 1024;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="TogetherAIResponseTooLargeException">It is larger than what is held in memory.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(FileDownload download, CancellationToken cancellationToken)
    {
        using var audio = new MemoryStream();
        var piece = new byte[PieceSize];
        while (await ReadPieceAsync(download, piece, cancellationToken).ConfigureAwait(false) is > 0 and var length)
        {
            if (audio.Length + length > MaxBytes)
            {
                throw new TogetherAIResponseTooLargeException($"The audio is larger than {MaxBytes} bytes. Use GetStreamingAudioAsync, or a compressed AudioFormat.", MaxBytes);
            }

            audio.Write(piece, 0, length);
        }

        RequireAudio(audio.Length > 0);
        return audio.GetBuffer().AsMemory(0, (int)audio.Length);
    }

    /// <summary>Reads what has arrived of a file; empty at its end.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadPieceAsync(FileDownload download, CancellationToken cancellationToken)
    {
        // Whoever gets a piece may keep it.
        var piece = new byte[PieceSize];
        return piece.AsMemory(0, await ReadPieceAsync(download, piece, cancellationToken).ConfigureAwait(false));
    }

    /// <exception cref="TogetherAIInvalidResponseException">There is no audio.</exception>
    public static void RequireAudio(bool hasAudio)
    {
        if (!hasAudio)
        {
            throw new TogetherAIInvalidResponseException("The response has no audio. Check that the model synthesizes speech.");
        }
    }

    public static TextToSpeechResponse Create(FileDownload download, ReadOnlyMemory<byte> audio, SpeechRequest request)
        => new([new DataContent(audio, SpeechFormats.MediaTypeOf(download.ContentType, request.ResponseFormat, audio.Span)) { Name = download.FileName }])
        {
            ModelId = request.Model,
            RawRepresentation = download,
        };

    public static TextToSpeechResponseUpdate Create(FileDownload download, ReadOnlyMemory<byte> piece, string mediaType, SpeechRequest request)
        => new([new DataContent(piece, mediaType)])
        {
            Kind = TextToSpeechResponseUpdateKind.AudioUpdating,
            ModelId = request.Model,
            RawRepresentation = download,
        };

    public static TextToSpeechResponseUpdate Create(SpeechChunk chunk, SpeechRequest request)
    {
        var update = new TextToSpeechResponseUpdate
        {
            Kind = TextToSpeechResponseUpdateKind.AudioUpdating,
            ResponseId = Provider.NullIfEmpty(chunk.ItemId),
            ModelId = Provider.NullIfEmpty(chunk.Model) ?? request.Model,
            RawRepresentation = chunk,
            AdditionalProperties = PropertiesOf(chunk),
        };
        if (chunk.Audio is { Length: > 0 } audio)
        {
            update.Contents.Add(new DataContent(audio, SpeechFormats.MediaTypeOf(sent: null, request.ResponseFormat, audio.Span)) { RawRepresentation = chunk });
        }

        return update;
    }

    private static AdditionalPropertiesDictionary? PropertiesOf(SpeechChunk chunk)
    {
        var properties = AdditionalFields.Add(null, chunk.AdditionalProperties);
        properties = AdditionalFields.Add(properties, "words", List(chunk.Words));
        properties = AdditionalFields.Add(properties, "start_seconds", List(chunk.StartSeconds));
        return AdditionalFields.Add(properties, "end_seconds", List(chunk.EndSeconds));
    }

    private static JArray? List<T>(IReadOnlyList<T> values) => values.Count > 0 ? new JArray(values) : null;

    private static Task<int> ReadPieceAsync(FileDownload download, byte[] piece, CancellationToken cancellationToken)
        => download.Content.ReadAsync(piece, 0, piece.Length, cancellationToken);
}
