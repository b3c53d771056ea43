using System.Text.Json;
using TogetherAI.Runtime.Errors;

namespace TogetherAI;

/// <summary>Reads a line of the output file or of the error file of a batch.</summary>
internal static class BatchResultLine
{
    /// <param name="line">The line.</param>
    /// <param name="isError">Whether it is from the error file.</param>
    /// <param name="profile">The names of the fields of an error.</param>
    /// <exception cref="JsonException">The line is no result.</exception>
    public static BatchResult Parse(string line, bool isError, ServiceProfile profile)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        if (Field(root, "custom_id", JsonValueKind.String) is not { } id)
        {
            throw new JsonException("It has no custom_id.");
        }

        var response = Field(root, "response", JsonValueKind.Object);
        var body = response is { } given && given.TryGetProperty("body", out var found) && found.ValueKind != JsonValueKind.Null ? found.GetRawText() : null;
        int? status = response is { } known && Field(known, "status_code", JsonValueKind.Number) is { } number && number.TryGetInt32(out var code) ? code : null;
        var error = root.TryGetProperty("error", out var reason) && reason.ValueKind != JsonValueKind.Null ? reason.GetRawText() : null;
        // Both files have the same form; which one a failure is in does not matter.
        if (isError || error is not null || status is < 200 or >= 300)
        {
            return new BatchResult(Text(id), body, Failure(error, body, profile), status);
        }

        return body is null ? throw new JsonException("It has neither a response nor an error.") : new BatchResult(Text(id), body, failure: null, status);
    }

    private static JsonElement? Field(JsonElement json, string name, JsonValueKind kind)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static string Text(JsonElement id)
    {
        try
        {
            return id.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("Its custom_id is invalid.", exception);
        }
    }

    private static BatchFailure Failure(string? error, string? body, ServiceProfile profile)
    {
        var said = error is not null ? ServerError.FromJson(error, profile) : body is not null ? ServerError.Parse(body, profile) : null;
        return new BatchFailure(said?.Message, said?.Type, said?.Code);
    }
}
