using System.Text.Json;
using System.Text.Unicode;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>
/// What the chunks of a stream must be, as far as that is obvious: one for each event whose data is a JSON object, in order, as
/// Newtonsoft.Json reads it. It says nothing from the first event on that is something else.
/// </summary>
internal static class ChunkOracle
{
    // The events that complete a stream; the others end with their terminator.
    private static readonly Dictionary<string, string[]> CompletingEvents = new()
    {
        ["messages"] = ["message_stop"],
        ["responses"] = ["response.completed", "response.incomplete"],
    };

    public static void Check(string name, JsonType type, byte[] wire, StreamOutcome chunks)
    {
        var isNamed = CompletingEvents.TryGetValue(name, out var completing);
        var position = 0;
        var events = ServerEvents.Parse(wire);
        foreach (var one in events)
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

            var hasType = json.RootElement.TryGetProperty("type", out var word) && word.ValueKind == JsonValueKind.String;
            // An event that says two things of what it is is kept as one or the other.
            if (isNamed && hasType && one.Name != "message" && !word.ValueEquals(one.Name))
            {
                return;
            }

            if (position == chunks.Values.Count)
            {
                RequireFailure(name, chunks, isLast: one == events[^1], JsonSerializer.Serialize(json));
                return;
            }

            CheckChunk(name, type, one, json, data, chunks.Values[position++]);
            if (isNamed && completing!.Any(hasType ? word.ValueEquals : one.Name.Equals))
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

    // Every event that is JSON is a chunk, unless the stream fails at it. A last one that cannot be read may have been cut off.
    private static void RequireFailure(string name, StreamOutcome chunks, bool isLast, string next)
    {
        if (chunks.Failure is null || (chunks.Failure == TogetherAIStreamFailure.Incomplete && !isLast))
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
