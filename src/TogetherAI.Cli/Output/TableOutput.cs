namespace TogetherAI.Cli.Output;

/// <summary>A response as JSON, as a table at a terminal, or as lines separated by tabs in a pipe.</summary>
internal static class TableOutput
{
    public static void Write(Terminal terminal, bool json, object response, string[] columns, IEnumerable<string[]> rows)
    {
        if (json)
        {
            terminal.Out.WriteLine(JsonText.Indented(response));
        }
        else if (terminal.ShowsOutput)
        {
            terminal.Out.Write(ColumnText.Of(columns, [.. rows], terminal.Width));
        }
        else
        {
            foreach (var row in rows)
            {
                terminal.Out.WriteLine(TabbedLine.Of(row));
            }
        }
    }
}
