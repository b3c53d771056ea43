using Newtonsoft.Json.Linq;

namespace TogetherAI.Tests.Document;

/// <summary>One example of the document and the schema that it illustrates.</summary>
internal sealed record DocumentExample(string Name, JToken Schema, JToken Value)
{
    /// <summary>Every example once, also where operations share a response.</summary>
    public static IReadOnlyList<DocumentExample> All { get; } =
    [
        .. (from operation in TogetherDocument.Operations
            from place in operation.Contents
            from media in place.Content.Properties()
            from example in Of(media.Value)
            select new DocumentExample($"{operation.Id} {place.Where} {media.Name} {example.Name}", media.Value["schema"]!, example.Value))
            .DistinctBy(example => example.Value.Path),
    ];

    public override string ToString() => Name;

    private static IEnumerable<(string Name, JToken Value)> Of(JToken media)
    {
        if (media["example"] is { } single)
        {
            yield return ("example", single);
        }

        foreach (var named in ((JObject?)media["examples"])?.Properties() ?? [])
        {
            yield return (named.Name, named.Value["value"]!);
        }
    }
}
