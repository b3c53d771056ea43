using System.Net.ServerSentEvents;

namespace TogetherAI.Benchmarks.Streams;

/// <summary>What no client can do without.</summary>
internal static class Floor
{
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
}
