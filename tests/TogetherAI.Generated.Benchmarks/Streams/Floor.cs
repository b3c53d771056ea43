using System.Buffers;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>What no client can do without.</summary>
internal static class Floor
{
    private const int FirstRead = 16 * 1024;

    /// <summary>Parses the events of a body and looks at none of them.</summary>
    public static async Task<int> ParseAsync(Stream body)
    {
        using (body)
        {
            var length = 0;
            await foreach (var item in SseParser.Create(body, static (_, data) => data.Length).EnumerateAsync().ConfigureAwait(false))
            {
                length += item.Data;
            }

            return length;
        }
    }

    /// <summary>Sends a body that is there, with a key, and reads all of the response into memory of the pool.</summary>
    public static async Task<int> CallAsync(HttpClient http, Uri address, byte[] json)
    {
        using var content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
        var length = 0;
        int read;
        while ((read = await body.ReadAsync(buffer.AsMemory(length)).ConfigureAwait(false)) > 0)
        {
            length += read;
            if (length == buffer.Length)
            {
                buffer = Grown(buffer);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return length;
    }

    private static byte[] Grown(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
