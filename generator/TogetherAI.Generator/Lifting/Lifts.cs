using TogetherAI.Generator.Documents;

namespace TogetherAI.Generator.Lifting;

/// <summary>All lifts.</summary>
internal sealed class Lifts : IStep
{
    // The order matters: each relies on what those before it have left.
    private static readonly IReadOnlyList<ILift> InOrder =
    [
        new PathItems(),
        new HoistedReferences(),
        new Version30(),
        new NullArms(),
        new Inheritance(),
        new MergedSchemas(),
        new WholeResponses(),
        new SimpleUnions(),
        new Numbers(),
        new InlineSchemas(),
        new Aliases(),
        new Unions(),
        new ToldDefaults(),
        new InlinedComponents(),
        new Parameters(),
        new RequestBodies(),
        new ResponseBodies(),
        new OperationIds(),
    ];

    public void Run(ApiDocument document)
    {
        var context = new LiftContext(document.Root, document.Settings.HandWrittenTypes, document.Faults);
        foreach (var lift in InOrder)
        {
            lift.Apply(context);
        }
    }
}
