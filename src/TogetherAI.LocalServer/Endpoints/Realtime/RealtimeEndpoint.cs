using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Media;

namespace TogetherAI.LocalServer.Endpoints.Realtime;

/// <summary>Live speech at <c>/v1/audio/speech/websocket</c>, which is a tone, and live transcription at <c>/v1/realtime</c>, which tells the length of the audio.</summary>
internal sealed class RealtimeEndpoint(ModelCatalog models, CancellationToken stopping)
{
    private const int SampleRate = 24_000;
    private const int MaxTextCharacters = 100_000;
    private const int PartBytes = 16_000;

    private static readonly Dictionary<string, int> BytesPerSecond = new(StringComparer.Ordinal)
    {
        ["pcm_s16le_8000"] = 16_000,
        ["pcm_s16le_16000"] = 32_000,
        ["pcm_s16le_24000"] = 48_000,
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/v1/audio/speech/websocket", SpeakAsync);
        routes.MapRead("/v1/realtime", TranscribeAsync);
    }

    private Task SpeakAsync(HttpContext context)
    {
        var model = context.QueryValue("model") ?? "hexgrad/Kokoro-82M";
        models.Require(model);
        var voice = context.QueryValue("voice") ?? "tara";
        var hasWords = context.Request.Query["alignment"] == "word";
        return RealtimeSocket.ServeAsync(context, async socket =>
        {
            await socket.SendAsync(Created(new RealtimeSession { Id = Id("sess"), Object = "realtime.tts.session", Modalities = ["text", "audio"], Model = model, Voice = voice })).ConfigureAwait(false);
            var text = "";
            await foreach (var message in socket.ReadAllAsync().ConfigureAwait(false))
            {
                switch ((string?)message["type"])
                {
                    case "input_text_buffer.append" when message["text"] is JValue { Value: string added } && text.Length + added.Length <= MaxTextCharacters:
                        text += added;
                        await socket.SendAsync(new RealtimeSpeechEvent { Type = RealtimeSpeechEventType.TextReceived, Text = added }).ConfigureAwait(false);
                        break;
                    case "input_text_buffer.commit":
                        await SpeakAsync(socket, text, hasWords).ConfigureAwait(false);
                        text = "";
                        break;
                    case "input_text_buffer.clear":
                        text = "";
                        break;
                    case "tts_session.updated":
                        break;
                    default:
                        await socket.SendErrorAsync("The message has an unknown type, or no usable text.").ConfigureAwait(false);
                        break;
                }
            }
        }, stopping);
    }

    private static async Task SpeakAsync(RealtimeSocket socket, string text, bool hasWords)
    {
        var item = Id("item");
        foreach (var part in new Tone(text, SampleRate).ToIntegers().Chunk(PartBytes))
        {
            await socket.SendAsync(new RealtimeSpeechEvent { Type = RealtimeSpeechEventType.AudioOutputDelta, ItemId = item, Delta = part }).ConfigureAwait(false);
        }

        if (hasWords)
        {
            var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var length = (double)new Tone(text, SampleRate).SampleCount / SampleRate / Math.Max(1, words.Length);
            await socket.SendAsync(new RealtimeSpeechEvent
            {
                Type = RealtimeSpeechEventType.WordTimestamps,
                ItemId = item,
                Words = words,
                StartSeconds = [.. words.Select((_, index) => Math.Round(index * length, 3))],
                EndSeconds = [.. words.Select((_, index) => Math.Round((index + 1) * length, 3))],
            }).ConfigureAwait(false);
        }

        await socket.SendAsync(new RealtimeSpeechEvent { Type = RealtimeSpeechEventType.AudioOutputDone, ItemId = item }).ConfigureAwait(false);
    }

    private Task TranscribeAsync(HttpContext context)
    {
        var model = context.RequireQueryValue("model");
        models.Require(model);
        var format = context.RequireQueryValue("input_audio_format");
        if (!BytesPerSecond.TryGetValue(format, out var rate))
        {
            throw ApiErrorException.Invalid($"input_audio_format must be one of {string.Join(", ", BytesPerSecond.Keys)}.", "input_audio_format");
        }

        return RealtimeSocket.ServeAsync(context, socket => TranscribeAsync(socket, model, rate), stopping);
    }

    private static async Task TranscribeAsync(RealtimeSocket socket, string model, int bytesPerSecond)
    {
        await socket.SendAsync(Created(new RealtimeSession { Id = Id("sess"), Object = "realtime.session", Modalities = ["text"], Model = model })).ConfigureAwait(false);
        var (bytes, item) = (0L, Id("item"));
        await foreach (var message in socket.ReadAllAsync().ConfigureAwait(false))
        {
            switch ((string?)message["type"])
            {
                case "input_audio_buffer.append" when Length(message["audio"]) is { } length:
                    bytes += length;
                    await socket.SendAsync(new RealtimeTranscriptionEvent { Type = RealtimeTranscriptionEventType.TranscriptionDelta, ItemId = item, Delta = Text(bytes, bytesPerSecond) }).ConfigureAwait(false);
                    break;
                case "input_audio_buffer.commit":
                    await socket.SendAsync(new RealtimeTranscriptionEvent { Type = RealtimeTranscriptionEventType.TranscriptionCompleted, ItemId = item, Transcript = Text(bytes, bytesPerSecond) }).ConfigureAwait(false);
                    (bytes, item) = (0, Id("item"));
                    break;
                case "input_audio_buffer.clear":
                    bytes = 0;
                    break;
                case "transcription_session.updated":
                    await socket.SendAsync(new RealtimeTranscriptionEvent { Type = RealtimeTranscriptionEventType.SessionUpdated }).ConfigureAwait(false);
                    break;
                default:
                    await socket.SendErrorAsync("The message has an unknown type, or no audio in base64.").ConfigureAwait(false);
                    break;
            }
        }
    }

    private static JObject Created(RealtimeSession session)
        => new() { ["type"] = RealtimeSpeechEventType.SessionCreated.Value, ["event_id"] = Id("event"), ["session"] = JObject.Parse(ObjectJson.Text(session)) };

    private static string Text(long bytes, int bytesPerSecond)
        => string.Create(CultureInfo.InvariantCulture, $"This local mock server received {(double)bytes / bytesPerSecond:0.0} seconds of audio.");

    private static int? Length(JToken? audio)
    {
        var buffer = audio is JValue { Value: string text } ? new byte[text.Length] : null;
        return buffer is not null && Convert.TryFromBase64String((string)audio!, buffer, out var length) ? length : null;
    }

    private static string Id(string prefix) => $"{prefix}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
}
