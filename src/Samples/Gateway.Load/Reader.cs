using System.Text;
using System.Text.Json;

namespace TogetherAI.Samples.Gateway.Load;

/// <summary>How a stream ended.</summary>
internal enum Outcome
{
    /// <summary>With its last event.</summary>
    Whole,

    /// <summary>After its first byte, with an error.</summary>
    Cut,

    /// <summary>Before its first byte, or as if it were whole without being so.</summary>
    Refused,
}

/// <summary>The readers of the load test, which speak plain HTTP.</summary>
internal sealed class Reader : IDisposable
{
    /// <summary>The route that relays bytes.</summary>
    public const string Chat = "v1/chat/completions";

    /// <summary>The route that writes events of its own.</summary>
    public const string Tokens = "tokens";

    private const int SomeBytes = 1_024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Opens a stream.</summary>
    public async Task<Stream> OpenAsync(Uri server, string path, string model)
    {
        var body = path == Tokens
            ? JsonSerializer.Serialize(new { model, prompt = "Hi" })
            : JsonSerializer.Serialize(new { model, stream = true, messages = new[] { new { role = "user", content = "Hi" } } });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
    }

    /// <summary>Reads a stream to its end, which must be the announced one.</summary>
    public async Task ReadAllAsync(Uri server, string path, string model)
    {
        await using var stream = await OpenAsync(server, path, model);
        await RequireEndAsync(stream);
    }

    /// <summary>Reads a stream to its end, however it ends.</summary>
    public async Task<Outcome> OutcomeAsync(Uri server, string path, string model)
    {
        try
        {
            await using var stream = await OpenAsync(server, path, model);
            try
            {
                await RequireEndAsync(stream);
                return Outcome.Whole;
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                return Outcome.Cut;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidDataException)
        {
            return Outcome.Refused;
        }
    }

    /// <summary>Reads the first bytes.</summary>
    public static async Task ReadSomeAsync(Stream stream) => await stream.ReadAtLeastAsync(new byte[SomeBytes], 1);

    /// <summary>Reads for some seconds, much more slowly than there is to read.</summary>
    public static async Task ReadSlowlyAsync(Stream stream)
    {
        for (var reads = 0; reads < 30; reads++)
        {
            await ReadSomeAsync(stream);
            await Task.Delay(100);
        }
    }

    /// <summary>Gets a number.</summary>
    public async Task<long> NumberAsync(Uri server, string path) => long.Parse(await _http.GetStringAsync(new Uri(server, path)), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private static async Task RequireEndAsync(Stream stream)
    {
        var buffer = new byte[16 * SomeBytes];
        var last = "";
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            last = count >= 100 ? Encoding.UTF8.GetString(buffer, count - 100, 100) : last + Encoding.UTF8.GetString(buffer, 0, count);
        }

        if (!last.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) && !last.Contains("finish_reason", StringComparison.Ordinal))
        {
            throw new InvalidDataException("The stream ended without its last event.");
        }
    }
}
