using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Moves defaults into the description: the server applies them, the client sends what it was given and no more.</summary>
internal sealed class ToldDefaults : ILift
{
    public void Apply(LiftContext context)
    {
        foreach (var slot in SchemaWalker.Walk(context).ToList())
        {
            if (slot.Schema["default"] is ScalarNode { ScalarKind: ScalarKind.Null })
            {
                slot.Schema.Remove("default");
            }

            SchemaFacts.TellAndRemove(slot.Schema, "default");
            if (slot.Schema["title"] is ScalarNode title)
            {
                slot.Schema.Remove("title");
                if (!slot.Schema.Has("description") && title.Text.Contains(' ', StringComparison.Ordinal))
                {
                    slot.Schema.Set("description", title);
                }
            }
        }
    }
}
