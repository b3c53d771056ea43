using System.Text.Json;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>One line of the input file: a request with its id.</summary>
internal sealed class BatchLine : IDisposable
{
    private const int MaxIdLength = 64;

    private readonly JsonDocument _json;

    private BatchLine(JsonDocument json, string id, JsonElement body) => (_json, Id, Body) = (json, id, body);

    public string Id { get; }

    public JsonElement Body { get; }

    /// <summary>Reads a line; null, and what is wrong with it, if it is invalid.</summary>
    public static BatchLine? Parse(string line, out string? fault)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            fault = "it is no JSON object";
            return null;
        }

        fault = FaultOf(json.RootElement);
        if (fault is null)
        {
            return new BatchLine(json, json.RootElement.GetProperty("custom_id").GetString()!, json.RootElement.GetProperty("body"));
        }

        json.Dispose();
        return null;
    }

    public void Dispose() => _json.Dispose();

    private static string? FaultOf(JsonElement line)
        => line.ValueKind != JsonValueKind.Object ? "it is no JSON object"
            : !line.TryGetProperty("custom_id", out var id) || id.ValueKind != JsonValueKind.String || id.GetString() is not { Length: > 0 and <= MaxIdLength }
                ? $"custom_id must be a text of 1 to {MaxIdLength} characters"
            : !line.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.Object ? "body must be an object"
            : null;
}
