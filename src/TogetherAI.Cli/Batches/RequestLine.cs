using System.Text.Json;

namespace TogetherAI.Cli.Batches;

/// <summary>One line of the file with the requests.</summary>
/// <param name="Number">The number of the line, from 1.</param>
/// <param name="Id">The id of the request.</param>
/// <param name="Text">The line as it is.</param>
internal sealed record RequestLine(long Number, string Id, string Text)
{
    private const int MaxIdLength = 64;

    public UInt128 Hash { get; } = RequestId.Hash(Id);

    /// <exception cref="UsageException">The line is invalid.</exception>
    public static RequestLine Parse(string path, long number, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var fault = FaultOf(json.RootElement, out var id);
            return fault is null ? new RequestLine(number, id!, text) : throw Invalid(path, number, fault);
        }
        catch (JsonException)
        {
            throw Invalid(path, number, "it is no JSON object");
        }
        catch (InvalidOperationException)
        {
            throw Invalid(path, number, "its custom_id has half of a surrogate pair");
        }
    }

    public static UsageException Invalid(string path, long number, string fault) => new($"Line {number} of {path} is invalid: {fault}.");

    private static string? FaultOf(JsonElement line, out string? id)
    {
        id = null;
        if (line.ValueKind != JsonValueKind.Object)
        {
            return "it is no JSON object";
        }

        if (!line.TryGetProperty("custom_id", out var given) || given.ValueKind != JsonValueKind.String || (id = given.GetString()) is not { Length: > 0 and <= MaxIdLength })
        {
            return $"it needs a custom_id, a text of 1 to {MaxIdLength} characters";
        }

        return !line.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.Object ? "it needs a body, the request as an object"
            : body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True ? "its request cannot be streamed"
            : null;
    }
}
