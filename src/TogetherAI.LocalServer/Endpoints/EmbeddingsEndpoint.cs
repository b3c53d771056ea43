using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints;

/// <summary><c>POST /v1/embeddings</c>: texts in, vectors of length one out, each sent when it is made.</summary>
internal sealed class EmbeddingsEndpoint(ModelCatalog models)
{
    // A vector is a thousand times as long as the shortest text.
    private const int MostTexts = 2048;

    private const string Numbers = "float";
    private const string Base64 = "base64";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/embeddings", InvokeAsync);

    private async Task InvokeAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<EmbeddingRequest>(body.RootElement);
        fields.RequireNotEmpty("model");
        fields.RequireWord("encoding_format", Numbers, Base64);
        var texts = Texts(fields);
        models.Require(fields.Text("model"));
        await JsonResponse.WriteAsync(context, writer => WriteAsync(writer, fields, texts, context.RequestAborted)).ConfigureAwait(false);
    }

    private static IReadOnlyList<string> Texts(JsonFields fields)
    {
        if (fields["input"] is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() is var count and > MostTexts)
        {
            throw ApiErrorException.Invalid($"input has {count} texts; this server takes {MostTexts} at most.", "input");
        }

        var texts = fields.Texts("input");
        return texts.Count == 0 || texts.Any(text => text.Length == 0)
            ? throw ApiErrorException.Invalid("input must not be empty.", "input")
            : texts;
    }

    private static async ValueTask WriteAsync(
        JsonResponseWriter writer, JsonFields fields, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var tokens = texts.Sum(Tokenizer.Count);
        var isBase64 = fields.Text("encoding_format") == Base64;
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteString("model", fields.Text("model"));
        await writer.WriteArrayAsync("data", texts.Index(), Write).ConfigureAwait(false);
        json.WritePropertyName("usage");
        json.WriteRawValue(WireJson.Usage(tokens, 0));
        json.WriteEndObject();

        void Write(Utf8JsonWriter json, (int Index, string Text) item)
            => WriteVector(json, item.Index, TextVector.Of(item.Text, cancellationToken), isBase64);
    }

    private static void WriteVector(Utf8JsonWriter json, int index, float[] vector, bool isBase64)
    {
        json.WriteStartObject();
        json.WriteString("object", "embedding");
        if (isBase64)
        {
            json.WriteBase64String("embedding", Bytes(vector));
        }
        else
        {
            json.WriteStartArray("embedding");
            foreach (var number in vector)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
        }

        json.WriteNumber("index", index);
        json.WriteEndObject();
    }

    // As OpenAI's interface has it: 32-bit floating-point numbers, little-endian.
    private static byte[] Bytes(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var index = 0; index < vector.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), vector[index]);
        }

        return bytes;
    }
}
