using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>The examples of a file that a model is trained on.</summary>
/// <param name="Format">The format of the examples; null if there is none that is known.</param>
/// <param name="Lines">The number of examples.</param>
/// <param name="Tokens">The number of their tokens.</param>
/// <param name="Fault">The reason why the file cannot be used; null if it can.</param>
internal sealed record TrainingData(string? Format, int Lines, long Tokens, string? Fault)
{
    private static readonly (string Format, string[] Fields)[] Formats =
    [
        ("conversation", ["messages"]),
        ("instruction", ["prompt", "completion"]),
        ("general", ["text"]),
        ("preference", ["input", "preferred_output", "non_preferred_output"]),
    ];

    public static async Task<TrainingData> ReadAsync(StoredFile file, CancellationToken cancellationToken)
    {
        if (file.Facts.FileType != FileType.JsonLines)
        {
            return new TrainingData(Format: null, Lines: 1, Math.Max(1, (file.Facts.Bytes ?? 0) / 4), Fault: null);
        }

        var (format, lines, tokens) = ((string?)null, 0, 0L);
        await foreach (var line in LinesAsync(file, cancellationToken).ConfigureAwait(false))
        {
            lines++;
            var own = FormatOf(line);
            if (own is null || (format is not null && own != format))
            {
                return new TrainingData(format, lines, tokens, own is null
                    ? $"Line {lines} of the file {file.Facts.Id} has neither messages, prompt and completion, text, nor input, preferred_output and non_preferred_output."
                    : $"Line {lines} of the file {file.Facts.Id} has another format ({own}) than the lines before ({format}).");
            }

            format = own;
            tokens += Tokenizer.Count(line);
        }

        return new TrainingData(format, lines, tokens, lines == 0 ? $"The file {file.Facts.Id} has no examples." : null);
    }

    /// <summary>The examples of a file, a line each.</summary>
    public static IAsyncEnumerable<string> LinesAsync(StoredFile file, CancellationToken cancellationToken)
        => file.LinesAsync(cancellationToken).Where(static line => line.Length > 0);

    private static string? FormatOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind != JsonValueKind.Object ? null
                : Array.Find(Formats, format => format.Fields.All(field => json.RootElement.TryGetProperty(field, out _))).Format;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
