namespace TogetherAI;

/// <summary>Joins what a model thought, for which servers have two fields.</summary>
internal static class ReasoningFields
{
    /// <summary>The text of both fields; a server that fills both mostly says the same in them.</summary>
    public static string? Join(string? reasoning, string? reasoningContent)
        => string.IsNullOrEmpty(reasoningContent) || Begins(reasoning, reasoningContent!) ? reasoning
            : string.IsNullOrEmpty(reasoning) || Begins(reasoningContent, reasoning!) ? reasoningContent
            : reasoning + reasoningContent;

    private static bool Begins(string? text, string beginning) => text?.StartsWith(beginning, StringComparison.Ordinal) == true;
}
