using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Audio;

/// <summary><c>POST /v1/audio/transcriptions</c> and <c>/v1/audio/translations</c>: an audio file in, a text about it out.</summary>
internal sealed class TranscriptionEndpoint(ModelCatalog models)
{
    private const string Speaker = "SPEAKER_00";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/audio/transcriptions", context => InvokeAsync(context, TranscriptionTask.Transcribe));
        routes.MapPost("/v1/audio/translations", context => InvokeAsync(context, TranscriptionTask.Translate));
    }

    private async Task InvokeAsync(HttpContext context, TranscriptionTask task)
    {
        var form = await AudioForm.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        if (form.FileName is null)
        {
            throw ApiErrorException.Invalid("file is required.", "file");
        }

        form.RequireWords("response_format", "json", "verbose_json");
        form.RequireWords("timestamp_granularities", "segment", "word");
        form.RequireNumber("temperature", 0, 1);
        if (form.All("model").Count > 0)
        {
            models.Require(form.Text("model"));
        }

        var answer = form.Text("response_format") == "verbose_json" ? Verbose(form, task) : new TranscriptionResponse { Text = Text(form) };
        await JsonResponse.WriteAsync(context, answer).ConfigureAwait(false);
    }

    private static TranscriptionResponse Verbose(AudioForm form, TranscriptionTask task)
    {
        var text = Text(form);
        var duration = TimeSpan.FromSeconds(form.Length?.Seconds ?? 0);
        var words = Words(text, duration);
        return new TranscriptionResponse
        {
            Text = text,
            Task = task,
            Language = form.Text("language", "en"),
            Duration = duration,
            Segments = [new TranscriptionSegment { Id = 0, Start = TimeSpan.Zero, End = duration, Text = text }],
            Words = form.All("timestamp_granularities").Contains("word") ? words : null,
            SpeakerSegments = task == TranscriptionTask.Transcribe && form.Flag("diarize")
                ? [new TranscriptionSpeakerSegment { Id = 0, SpeakerId = Speaker, Start = TimeSpan.Zero, End = duration, Text = text, Words = words }]
                : null,
        };
    }

    private static string Text(AudioForm form)
        => form.Length is { } length
            ? $"A mock server, not a model, has received {form.FileName}, {length.Bytes} bytes, and understood none of it."
            : $"A mock server, not a model, has been pointed to {form.FileName}, and has not fetched it.";

    private static List<TranscriptionWord> Words(string text, TimeSpan duration)
    {
        var words = text.Split(' ');
        return [.. words.Select((word, index) => new TranscriptionWord
        {
            Id = index,
            Word = word,
            Start = duration * index / words.Length,
            End = duration * (index + 1) / words.Length,
            SpeakerId = Speaker,
        })];
    }
}
