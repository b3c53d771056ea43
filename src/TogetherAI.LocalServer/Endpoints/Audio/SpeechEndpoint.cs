using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Media;

namespace TogetherAI.LocalServer.Endpoints.Audio;

/// <summary><c>POST /v1/audio/speech</c>: a text in, a tone of its length out, as a file, as samples or as events.</summary>
internal sealed class SpeechEndpoint(ModelCatalog models, EventStreams streams)
{
    private const int DefaultSampleRate = 44_100;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/audio/speech", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = Read(body.RootElement);
        models.Require(fields.Text("model"));
        var tone = new Tone(fields.Text("input"), fields.Integer("sample_rate", DefaultSampleRate));
        if (fields.Flag("stream"))
        {
            await streams.RunAsync(context, new SpeechStream(fields.Text("model"), Samples(fields, tone)).SendAsync).ConfigureAwait(false);
            return;
        }

        var isRaw = fields.Text("response_format") == "raw";
        context.Response.ContentType = isRaw ? "application/octet-stream" : "audio/wav";
        await context.Response.BodyWriter.WriteAsync(isRaw ? Samples(fields, tone) : tone.ToWav(), context.RequestAborted).ConfigureAwait(false);
    }

    private static JsonFields Read(System.Text.Json.JsonElement body)
    {
        var fields = JsonFields.Read<SpeechRequest>(body);
        fields.RequireNotEmpty("model", "input", "voice");
        fields.RequireRange("sample_rate", 8_000, 192_000);
        // A mock server packs no audio.
        fields.RequireWord("response_format", "wav", "raw");
        fields.RequireWord("response_encoding", "pcm_f32le", "pcm_s16le");
        return fields.Flag("stream") && fields.Text("response_format") != "raw"
            ? throw ApiErrorException.Invalid("A stream needs the response_format raw.", "response_format")
            : fields;
    }

    private static byte[] Samples(JsonFields fields, Tone tone)
        => fields.Text("response_encoding") == "pcm_s16le" ? tone.ToIntegers() : tone.ToFloats();
}
