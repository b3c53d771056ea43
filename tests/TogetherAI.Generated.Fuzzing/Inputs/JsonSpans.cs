namespace TogetherAI.Fuzzing.Inputs;

/// <summary>Finds values in something that may be JSON, or have JSON in it.</summary>
internal static class JsonSpans
{
    /// <summary>The first value that begins at a position or behind it; null where there is none.</summary>
    public static (int Start, int Length)? ValueAt(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length && !IsStart(text[position]))
        {
            position++;
        }

        return position == text.Length ? null : (position, EndOf(text, position) - position);
    }

    private static bool IsStart(byte value) => value is (byte)'"' or (byte)'{' or (byte)'[' or (byte)'-' || char.IsAsciiLetterOrDigit((char)value);

    private static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        if (text[start] == (byte)'"')
        {
            return EndOfText(text, start);
        }

        var depth = 0;
        for (var position = start; position < text.Length; position++)
        {
            switch (text[position])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when --depth <= 0:
                    return depth < 0 ? position : position + 1;
                case (byte)'"':
                    position = EndOfText(text, position) - 1;
                    break;
                case (byte)',' or (byte)':' or (byte)' ' or (byte)'\n' or (byte)'\r' when depth == 0:
                    return position;
            }
        }

        return text.Length;
    }

    private static int EndOfText(ReadOnlySpan<byte> text, int start)
    {
        for (var position = start + 1; position < text.Length; position++)
        {
            switch (text[position])
            {
                case (byte)'\\':
                    position++;
                    break;
                case (byte)'"':
                    return position + 1;
            }
        }

        return text.Length;
    }
}
