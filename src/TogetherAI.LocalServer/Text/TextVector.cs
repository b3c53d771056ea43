namespace TogetherAI.LocalServer.Text;

/// <summary>
/// A text as a point on the unit sphere: texts with words in common are near each other, and that is all it knows.
/// </summary>
internal static class TextVector
{
    public const int Dimensions = 384;

    // A token leaves its mark in several places, so that two tokens that share one are still apart.
    private const int MarksPerToken = 4;

    public static float[] Of(string text, CancellationToken cancellationToken)
    {
        var vector = new double[Dimensions];
        foreach (var token in Tokenizer.Split(text.ToLowerInvariant()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var state = (uint)token.Id;
            for (var mark = 0; mark < MarksPerToken; mark++)
            {
                // Numerical Recipes' generator; its high bits are the random ones.
                state = unchecked((state * 1664525u) + 1013904223u);
                vector[(state >> 8) % Dimensions] += (state >> 31) == 0 ? 1 : -1;
            }
        }

        var length = Math.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            vector[0] = length = 1;
        }

        return [.. vector.Select(value => (float)(value / length))];
    }
}
