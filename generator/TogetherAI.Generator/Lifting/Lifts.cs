using TogetherAI.Generator.Documents;

namespace TogetherAI.Generator.Lifting;

/// <summary>All lifts, in the order in which they run.</summary>
internal sealed class Lifts : IStep
{
    private static readonly IReadOnlyList<ILift> InOrder = [];

    public void Run(ApiDocument document)
    {
        foreach (var lift in InOrder)
        {
            lift.Apply(document);
        }
    }
}
