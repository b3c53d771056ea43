using System.Text.Json;
using System.Text.Unicode;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>
/// What the chunks of a stream must be, as far as that is obvious: one for each event whose data is a JSON object, in order, as
/// Newtonsoft.Json reads it. It says nothing from the first event on that is something else.
/// </summary>
internal static class ChunkOracle
{
    // Together's streams know no name for these; all others name the event that completes them.
    private static readonly string[] CompletingEvents = ["message_stop", "response.completed", "response.incomplete"];

    public static void Check(string name, JsonType type, byte[] wire, StreamOutcome chunks)
    {
        var isNamed = name is "messages" or "responses";
        var position = 0;
        foreach (var one in ServerEvents.Parse(wire))
        {
            var data = Trim(one.Data);
            if (IsTerminator(data))
            {
                break;
            }

            if (!isNamed && one.Name != "error" && (data.IsEmpty || data[0] == (byte)':'))
            {
                continue;
            }

            if (one.Name == "error" || TryParse(data) is not { } json)
            {
                return;
            }

            if (position == chunks.Values.Count)
            {
                RequireEnd(name, chunks, JsonSerializer.Serialize(json));
                return;
            }

            CheckChunk(name, type, one, json, data, chunks.Values[position++]);
            if (isNamed && CompletingEvents.Any(json.RootElement.TryGetProperty("type", out var word) && word.ValueKind == JsonValueKind.String ? word.ValueEquals : one.Name.Equals))
            {
                break;
            }
        }

        if (position < chunks.Values.Count)
        {
            throw new FaultException($"The chunks of {name} are more than its events.", chunks.ToString());
        }
    }

    private static void CheckChunk(string name, JsonType type, ServerEvent one, JsonDocument json, ReadOnlySpan<byte> data, string chunk)
    {
        // Whole messages, and texts beside a delta, are read as pieces.
        if (name is "chat" or "completions" && json.RootElement.EnumerateObject().Any(field => Is(field, "choices") && field.Value.ValueKind == JsonValueKind.Array
            && field.Value.EnumerateArray().Any(choice => choice.ValueKind == JsonValueKind.Object && choice.EnumerateObject().Any(inner => Is(inner, "message") || Is(inner, "text")))))
        {
            return;
        }

        var value = type.ReadByOracle(data);
        if (one.Name != "message")
        {
            (value as INamedEvent)?.TakeName(one.Name);
        }

        var expected = value is null ? null : JsonType.Write(value);
        if (!JsonComparison.AreEqual(chunk, expected))
        {
            throw new FaultException($"A chunk of {name} is not that of its event.", $"chunk:    {chunk}\nexpected: {expected}");
        }
    }

    // Every event that is JSON is a chunk, unless the stream fails at it.
    private static void RequireEnd(string name, StreamOutcome chunks, string next)
    {
        if (chunks.Failure is null or TogetherAIStreamFailure.Incomplete)
        {
            throw new FaultException($"An event of {name} is no chunk.", $"{chunks}\nmissing: {next}");
        }
    }

    private static bool Is(JsonProperty field, string name) => field.NameEquals(name) || field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static JsonDocument? TryParse(ReadOnlySpan<byte> data)
    {
        if (!Utf8.IsValid(data))
        {
            return null;
        }

        try
        {
            var json = JsonDocument.Parse(data.ToArray());
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsTerminator(ReadOnlySpan<byte> data) => System.Text.Encoding.Latin1.GetString(data).Equals("[DONE]", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> data)
    {
        while (data is [<= (byte)' ', ..])
        {
            data = data[1..];
        }

        while (data is [.., <= (byte)' '])
        {
            data = data[..^1];
        }

        return data;
    }
}
