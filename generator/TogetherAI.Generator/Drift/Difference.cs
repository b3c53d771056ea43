namespace TogetherAI.Generator.Drift;

/// <summary>Something that two documents say differently.</summary>
/// <param name="Operation">Method and path.</param>
/// <param name="Where">What it is about; empty for the operation itself.</param>
/// <param name="Aspect">What differs: one of <see cref="Aspects"/>, or a limit.</param>
/// <param name="Ours">What the first document says; a dash where it says nothing.</param>
/// <param name="Theirs">What the other document says; a dash where it says nothing.</param>
internal sealed record Difference(string Operation, string Where, string Aspect, string Ours, string Theirs)
{
    public const string Nothing = "-";

    /// <summary>Whether it says all that there is to say of its place and of what is in it.</summary>
    public bool IsWhole => Aspect == Aspects.Exists || (Aspect == Aspects.Type && (Ours == Aspects.Any || Theirs == Aspects.Any));
}
