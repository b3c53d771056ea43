namespace TogetherAI.Cli.Output;

/// <summary>Cells of a table as one line, separated by tabs, for programs to cut.</summary>
internal static class TabbedLine
{
    public static string Of(IEnumerable<string?> cells) => string.Join('\t', cells.Select(Cell));

    /// <summary>A text without what would end its cell.</summary>
    public static string Cell(string? text)
        => string.Join(' ', (text ?? "").Split(['\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
