using System.Net.Http.Headers;
using System.Text.Json;

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
        var bytes = Lacks(body, model)
            ? JsonSerializer.SerializeToUtf8Bytes(body.EnumerateObject().Select(field => (field.Name, field.Value))
                .Append(("model", JsonSerializer.SerializeToElement(model)))
                .ToDictionary())
            : JsonSerializer.SerializeToUtf8Bytes(body);
        return new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
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
