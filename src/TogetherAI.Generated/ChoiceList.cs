namespace TogetherAI;

/// <summary>Chooses among the choices of a response.</summary>
internal static class ChoiceList
{
    /// <summary>The choice of the lowest index; null where there is none. A choice without an index has that of its position.</summary>
    public static T? Lowest<T>(IReadOnlyList<T>? choices, Func<T, int?> indexOf)
        where T : class
    {
        T? lowest = null;
        var lowestIndex = 0;
        for (var position = 0; position < choices?.Count; position++)
        {
            if (choices[position] is { } choice && (indexOf(choice) ?? position) is var index && (lowest is null || index < lowestIndex))
            {
                lowest = choice;
                lowestIndex = index;
            }
        }

        return lowest;
    }
}
