namespace TogetherAI.Generator.Lifting;

/// <summary>Merges every <c>allOf</c> into one schema; a field that wraps one reference stays.</summary>
internal sealed class MergedSchemas : ILift
{
    public void Apply(LiftContext context) => new CompositionMerger(context).Run();
}
