using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Turns "one of something and null" into something that may be null.</summary>
internal sealed class NullArms : ILift
{
    public void Apply(LiftContext context)
    {
        foreach (var slot in SchemaWalker.Walk(context).ToList())
        {
            foreach (var key in new[] { "oneOf", "anyOf" })
            {
                if (slot.Schema[key] is ListNode arms && arms.Items.RemoveAll(static arm => IsNull(arm)) > 0)
                {
                    SchemaFacts.SetNullable(slot.Schema);
                    if (arms.Items.Count == 0)
                    {
                        slot.Schema.Remove(key);
                    }
                }
            }
        }
    }

    private static bool IsNull(Node arm) => arm is MapNode map && SchemaFacts.IsNullable(map) && SchemaFacts.IsAny(map);
}
