using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>Sends requests to the server itself.</summary>
internal sealed class OwnEndpoints(Func<Uri> address, string? key) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends the body of a line of a batch.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, JsonElement body, string? model, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address(), path));
        request.Content = path.StartsWith("/v1/audio/", StringComparison.Ordinal) ? Form(body, model) : Json(body, model);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _client.Dispose();

    private static bool Lacks(JsonElement body, string? model) => model is not null && !body.TryGetProperty("model", out _);

    private static ByteArrayContent Json(JsonElement body, string? model)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, JsonStyle.Writer))
        {
            json.WriteStartObject();
            foreach (var field in body.EnumerateObject())
            {
                field.WriteTo(json);
            }

            if (Lacks(body, model))
            {
                json.WriteString("model", model);
            }

            json.WriteEndObject();
        }

        return new ByteArrayContent(bytes.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    private static MultipartFormDataContent Form(JsonElement body, string? model)
    {
        var form = new MultipartFormDataContent();
        foreach (var field in body.EnumerateObject())
        {
            foreach (var value in field.Value.ValueKind == JsonValueKind.Array ? [.. field.Value.EnumerateArray()] : new[] { field.Value })
            {
                Add(field.Name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
            }
        }

        if (Lacks(body, model))
        {
            Add("model", model!);
        }

        return form;

        void Add(string name, string value) => form.Add(new StringContent(value), $"\"{name}\"");
    }
}
