using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Gives numbers a format that holds every value, and turns sets of numbers and booleans into plain ones, whose values
/// are told in the description.
/// </summary>
internal sealed class Numbers : ILift
{
    public void Apply(LiftContext context)
    {
        foreach (var slot in SchemaWalker.Walk(context).ToList())
        {
            var schema = slot.Schema;
            if (schema.Text("type") is "integer" or "number" or "boolean" && schema.Has("enum"))
            {
                SchemaFacts.TellAndRemove(schema, "enum");
                schema.Remove("x-enumNames");
                schema.Remove("x-enum-varnames");
            }

            // Without a format NSwag takes 32 bits, which ids, times and counts exceed.
            if (schema.Text("type") == "integer" && !schema.Has("format"))
            {
                schema.Add("format", ScalarNode.FromText("int64", schema.Place));
            }
        }
    }
}
