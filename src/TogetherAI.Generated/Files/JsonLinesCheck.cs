using System.Text.Json;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>Checks a JSONL file line by line before it is uploaded, so that a mistake costs no upload and names its line.</summary>
internal static class JsonLinesCheck
{
    private const int MaxLineBytes = 64 * 1024 * 1024;
    private const int MaxIdLength = 64;

    /// <summary>Checks the lines, and returns their number.</summary>
    /// <exception cref="ArgumentException">A line is invalid; the message names it.</exception>
    public static async Task<long> RequireAsync(UploadSource source, bool isBatch, CancellationToken cancellationToken)
    {
        var stream = source.Open();
        try
        {
            var lines = new LineReader(stream, MaxLineBytes);
            var ids = isBatch ? new Dictionary<string, long>(StringComparer.Ordinal) : null;
            while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                Require(lines, ids);
            }

            return lines.Number;
        }
        catch (InvalidDataException exception)
        {
            throw new ArgumentException($"The file is no valid JSONL. {exception.Message}", nameof(source), exception);
        }
        finally
        {
            source.Close(stream);
        }
    }

    private static void Require(LineReader lines, Dictionary<string, long>? ids)
    {
        string? id = null;
        var hasBody = false;
        try
        {
            var json = new Utf8JsonReader(lines.Line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                throw Invalid(lines, "it is no JSON object");
            }

            while (json.Read())
            {
                if (json.CurrentDepth != 1 || json.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                var isId = json.ValueTextEquals("custom_id");
                var isBody = json.ValueTextEquals("body");
                json.Read();
                id = isId && json.TokenType == JsonTokenType.String ? json.GetString() : id;
                hasBody |= isBody && json.TokenType == JsonTokenType.StartObject;
                json.Skip();
            }
        }
        catch (JsonException exception)
        {
            throw Invalid(lines, $"it is no JSON object (byte {exception.BytePositionInLine + 1})", exception);
        }

        if (ids is not null)
        {
            RequireBatch(lines, id, hasBody, ids);
        }
    }

    private static void RequireBatch(LineReader lines, string? id, bool hasBody, Dictionary<string, long> ids)
    {
        if (string.IsNullOrEmpty(id) || id!.Length > MaxIdLength)
        {
            throw Invalid(lines, $"it needs a custom_id, a text of 1 to {MaxIdLength} characters");
        }

        if (!hasBody)
        {
            throw Invalid(lines, "it needs a body, the request as an object");
        }

        if (ids.TryGetValue(id, out var first))
        {
            throw Invalid(lines, $"its custom_id is that of line {first}");
        }

        ids.Add(id, lines.Number);
    }

    private static ArgumentException Invalid(LineReader lines, string why, Exception? cause = null)
        => new($"Line {lines.Number} of the file is invalid: {why}.", "request", cause);
}
