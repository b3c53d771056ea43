using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Audio;

/// <summary>Sends samples piece by piece.</summary>
internal sealed class SpeechStream(string model, byte[] samples)
{
    private const int PieceLength = 8192;

    public async Task SendAsync(ServerSentEvents events, TokenBeat beat, CancellationToken cancellationToken)
    {
        for (var start = 0; start < samples.Length; start += PieceLength)
        {
            await beat.WaitAsync(cancellationToken).ConfigureAwait(false);
            Write(events.Begin(), samples.AsSpan(start, Math.Min(PieceLength, samples.Length - start)));
            if (!await events.EndAsync(cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        await events.DoneAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Write(Utf8JsonWriter json, ReadOnlySpan<byte> piece)
    {
        json.WriteStartObject();
        json.WriteString("object", "audio.tts.chunk");
        json.WriteString("model", model);
        json.WriteBase64String("b64", piece);
        json.WriteEndObject();
    }
}
