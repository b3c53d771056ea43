using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Conventions;

/// <summary>The areas of the API, which are the tags of the document, and the words with which the names of their types begin.</summary>
internal static class Areas
{
    private const string SchemaPrefix = "#/components/schemas/";

    /// <summary>The types that belong to no single area.</summary>
    public static IReadOnlySet<string> Shared { get; } = new HashSet<string>
    {
        "ErrorResponse",
        "FinishReason",
        "LogProbabilities",
        "LogProbabilityContent",
        "LogProbabilityLists",
        "LogProbabilityToken",
        "PromptEcho",
        "TextOrTexts",
        "TokenUsage",
        "TokenUsageCompletionDetails",
        "TokenUsagePromptDetails",
    };

    // Areas whose types begin with something else than the tag in the singular.
    private static readonly Dictionary<string, string[]> Beginnings = new()
    {
        ["Audio"] = ["Audio", "Speech", "Transcription", "Translation", "Voice"],
        ["Batches"] = ["Batch"],
        ["Chat"] = ["ChatCompletion"],
    };

    public static IReadOnlyList<string> All { get; } = [.. TogetherDocument.Operations.Select(operation => operation.Tag).Concat(TogetherDocument.Sockets.Select(socket => (string)socket["tags"]![0]!)).Distinct()];

    /// <summary>The areas that use each schema, directly or through others.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> ThatUse { get; } = FindUses();

    /// <summary>Whether a type with this name may belong to the area. A noun that others have, too, begins with TogetherAI.</summary>
    public static bool IsNameIn(string area, string type)
        => Beginnings.GetValueOrDefault(area, [area.TrimEnd('s')])
            .Any(beginning => Regex.IsMatch(type, $"^(TogetherAI)?{beginning}($|[A-Z0-9])"));

    /// <summary>The class that a schema becomes.</summary>
    public static string TypeOf(string schema) => (string?)TogetherDocument.Schemas[schema]["x-csharp-name"] ?? schema;

    private static Dictionary<string, HashSet<string>> FindUses()
    {
        var uses = TogetherDocument.Schemas.Keys.ToDictionary(schema => schema, _ => new HashSet<string>());
        foreach (var operation in TogetherDocument.Operations)
        {
            Follow(operation.Json, operation.Tag);
        }

        foreach (var socket in TogetherDocument.Sockets)
        {
            Follow(socket, (string)socket["tags"]![0]!);
        }

        return uses;

        void Follow(JToken part, string area)
        {
            foreach (var property in ((JContainer)part).DescendantsAndSelf().OfType<JProperty>().Where(property => property.Value.Type == JTokenType.String))
            {
                var text = (string)property.Value!;
                var schema = property.Name switch
                {
                    "$ref" when text.StartsWith(SchemaPrefix, StringComparison.Ordinal) => text[SchemaPrefix.Length..],
                    "chunk" or "x-form" => text,
                    _ => null,
                };

                if (property.Name == "$ref" && schema is null)
                {
                    Follow(TogetherDocument.Follow(property.Parent!), area);
                }
                else if (schema is not null && uses.TryGetValue(schema, out var areas) && areas.Add(area))
                {
                    Follow(TogetherDocument.Schemas[schema], area);
                }
            }
        }
    }
}
