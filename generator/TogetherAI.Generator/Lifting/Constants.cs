using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Lifting;

/// <summary>Fields of an object that have but one value, by which the arms of a union are told apart.</summary>
internal static class Constants
{
    private static readonly string[] Preferred = ["type", "object", "kind", "role", "event"];

    /// <summary>The field of an object, and its value, that says what the object is; null where there is none.</summary>
    public static (string Field, string Value)? Of(MapNode schema, LiftContext? context = null)
        => All(schema, context).OrderBy(static pair => Array.IndexOf(Preferred, pair.Field) is var rank && rank < 0 ? Preferred.Length : rank)
            .Select(static pair => ((string, string)?)pair)
            .FirstOrDefault();

    /// <summary>Every field that has a single text as its value.</summary>
    public static IEnumerable<(string Field, string Value)> All(MapNode schema, LiftContext? context = null)
        => from entry in (schema["properties"] as MapNode)?.Entries ?? []
           let value = Value(context?.Unwrap(entry.Value) ?? entry.Value as MapNode)
           where value is not null
           select (entry.Key, value);

    private static string? Value(MapNode? field)
        => field?.Text("x-constant") is { } known ? known
            : field?["const"] is ScalarNode { ScalarKind: ScalarKind.Text } constant ? constant.Text
            : field?["enum"] is ListNode { Items: [ScalarNode { ScalarKind: ScalarKind.Text } only] } ? only.Text
            : null;
}
