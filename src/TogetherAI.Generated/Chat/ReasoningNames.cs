using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>The texts of a field with aliases, by the JSON names under which servers send it.</summary>
internal static class ReasoningNames
{
    /// <summary>No texts. An object of its own for each chunk would cost the streams of models that do not reason.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    /// <summary>The texts by the names that they came with.</summary>
    /// <param name="reasoning">The texts.</param>
    /// <param name="names">The names by their positions in the document.</param>
    public static IReadOnlyDictionary<string, string> TextsOf(AliasedText reasoning, params string[] names)
    {
        var texts = new Dictionary<string, string>();
        for (var name = 0; name < reasoning.Count; name++)
        {
            if (reasoning[name] is { } text)
            {
                texts[names[name]] = text;
            }
        }

        return texts;
    }
}
