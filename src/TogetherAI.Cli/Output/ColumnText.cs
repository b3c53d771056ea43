using System.Globalization;
using System.Text;

namespace TogetherAI.Cli.Output;

/// <summary>
/// A table as text for a terminal: columns where they fit beside each other, and otherwise a paragraph for each row, so that
/// no cell is cut or broken, however narrow the terminal is.
/// </summary>
internal static class ColumnText
{
    private const string Gap = "  ";
    private const string Indent = "  ";

    public static string Of(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows, int width)
    {
        var cells = rows.Select(row => row.Select(Visible).ToArray()).ToList();
        int[] widths = [.. columns.Select((column, position) => cells.Select(row => row[position].Length).Append(column.Length).Max())];
        var text = new StringBuilder();
        if (widths.Sum() + (Gap.Length * (columns.Count - 1)) <= width)
        {
            text.Append(Line(columns, widths)).Append('\n');
            cells.ForEach(row => text.Append(Line(row, widths)).Append('\n'));
        }
        else
        {
            cells.ForEach(row => AppendParagraph(text, columns, row, width));
        }

        return text.ToString();
    }

    private static string Line(IEnumerable<string> cells, int[] widths)
        => string.Join(Gap, cells.Select((cell, position) => cell.PadRight(widths[position]))).TrimEnd();

    // The first cell is the name of the row; the others follow with the names of their columns, as many on a line as fit.
    private static void AppendParagraph(StringBuilder text, IReadOnlyList<string> columns, string[] row, int width)
    {
        text.Append(row[0]).Append('\n');
        var line = "";
        foreach (var fact in columns.Zip(row, (column, cell) => cell.Length > 0 ? $"{column} {cell}" : "").Skip(1).Where(fact => fact.Length > 0))
        {
            if (line.Length > 0 && line.Length + Gap.Length + fact.Length > width)
            {
                text.Append(line).Append('\n');
                line = "";
            }

            line += (line.Length > 0 ? Gap : Indent) + fact;
        }

        if (line.Length > 0)
        {
            text.Append(line).Append('\n');
        }
    }

    // Made visible before it is measured.
    private static string Visible(string cell)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var visible = new VisibleWriter(text);
        visible.Write(TabbedLine.Cell(cell));
        visible.Flush();
        return text.ToString();
    }
}
