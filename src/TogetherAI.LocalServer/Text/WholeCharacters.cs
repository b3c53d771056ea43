namespace TogetherAI.LocalServer.Text;

/// <summary>Counts and cuts text in characters, as JSON Schema does: a pair of surrogates is one.</summary>
internal static class WholeCharacters
{
    public static int Count(string text) => text.EnumerateRunes().Count();

    /// <summary>The first characters of a text; all of it where it is shorter.</summary>
    public static string First(string text, int count)
    {
        var length = 0;
        foreach (var character in text.EnumerateRunes())
        {
            if (count-- <= 0)
            {
                break;
            }

            length += character.Utf16SequenceLength;
        }

        return text[..length];
    }
}
