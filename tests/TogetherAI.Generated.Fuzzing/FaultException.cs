namespace TogetherAI.Fuzzing;

/// <summary>What an input has shown: two ways that should agree do not.</summary>
/// <param name="kind">What disagrees, in a few words that are the same for the same fault.</param>
/// <param name="details">How it does.</param>
internal sealed class FaultException(string kind, string details) : Exception($"{kind}\n{details}")
{
    public string Kind => kind;

    /// <summary>The kind of any exception that an input led to.</summary>
    public static string KindOf(Exception exception) => exception is FaultException fault ? fault.Kind
        : $"{exception.GetType().Name} {exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
}
