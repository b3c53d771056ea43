using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>Our extensions stand where they are read, with values of their types. Those of others are left alone.</summary>
internal sealed class ExtensionCheck : IStep
{
    private static readonly KeyType Text = new KeyType.Simple("text");
    private static readonly KeyType Flag = new KeyType.Simple("boolean");

    private static readonly Dictionary<(string Type, string Key), KeyType> Ours = new()
    {
        [("Operation", "x-stream")] = new KeyType.MapOf(Text),
        [("Operation", "x-form")] = Text,
        [("Operation", IdempotenceCheck.Key)] = Flag,
        [("Operation", OperationNames.TelemetryKey)] = Text,
        [("Operation", MadeNames.RequestName)] = Text,
        [("Operation", MadeNames.ResponseName)] = Text,
        [("Operation", Pages.Word)] = new KeyType.MapOf(Text),
        [("Operation", JobCheck.Key)] = new KeyType.MapOf(Text),
        [("Schema", "x-managed")] = Flag,
        [("Schema", "x-mismatch")] = new KeyType.Words(["fail", "json-text", "text-parts"]),
        [("Schema", "x-memory")] = Flag,
        [("Schema", "x-absent")] = Text,
        [("Schema", "x-alias-of")] = Text,
        [("Schema", Unions.Collection)] = Flag,
        [("Schema", Unions.OwnMembers)] = new KeyType.ListOf(Text),
        [("Schema", "x-enumNames")] = new KeyType.ListOf(Text),
        [("Schema", "x-csharp-name")] = Text,
        [("Parameter", "x-csharp-name")] = Text,
        [("Schema", "x-secret")] = Flag,
        [("Parameter", "x-secret")] = Flag,
    };

    private static readonly List<string> Names = [.. Ours.Keys.Select(static key => key.Key).Distinct()];

    // Between the program and the templates.
    private static readonly List<string> Internal = ["x-csharp", "x-checks", "x-wire", MadeNames.Word, ParameterObjects.Word, ListResponses.Word];

    public void Run(ApiDocument document)
    {
        foreach (var (node, type) in DocumentWalk.Objects(OpenApiTable.Of(document.Version), document.Root))
        {
            foreach (var entry in node.Entries.Where(static entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
            {
                // A field, a header or a path may well be called so.
                if (type is not ("Paths" or "Responses" or "Callback" or "SecurityRequirement"))
                {
                    Check(document, node, entry, type);
                }
            }
        }
    }

    private static void Check(ApiDocument document, MapNode node, MapEntry entry, string type)
    {
        if (Ours.TryGetValue((type, entry.Key), out var value))
        {
            // A map is looked at by a check of its own.
            if (entry is not { Key: IdempotenceCheck.Key, Value: MapNode })
            {
                Value(document.Faults, entry, value);
            }

            if (entry.Key == "x-enumNames" && entry.Value is ListNode names && names.Items.Count != (node.List("enum")?.Items.Count ?? 0))
            {
                document.Faults.Add(Codes.Extension, entry.KeyPlace, $"'x-enumNames' has {names.Items.Count} names for {node.List("enum")?.Items.Count ?? 0} values. Give each value of 'enum' one, in the same order.");
            }

            if (entry.Key is Unions.Collection or Unions.OwnMembers)
            {
                Union(document, node, entry);
            }

            if (entry.Key == "x-form" && entry.Value is ScalarNode { IsText: true } form && document.Schemas?.Has(form.Text) != true)
            {
                document.Faults.Add(Codes.Extension, entry.Value.Place, $"'x-form' names '{form.Text}', which is no schema.{Suggestion.For(form.Text, document.Schemas?.Keys ?? [])}");
            }
        }
        else if (Internal.Contains(entry.Key))
        {
            document.Faults.Add(Codes.Extension, entry.KeyPlace, $"'{entry.Key}' is written by the generator itself. Remove it.");
        }
        else if (Names.Contains(entry.Key))
        {
            var places = Ours.Keys.Where(key => key.Key == entry.Key).Select(static key => key.Type);
            document.Faults.Add(Codes.Extension, entry.KeyPlace, $"'{entry.Key}' is not read here: it belongs to an object of the kind {string.Join(" or ", places)}, and this is one of the kind {type}.");
        }
        else if (Suggestion.Within(1, entry.Key, Names) is { Length: > 0 } hint)
        {
            document.Faults.Add(Codes.Extension, entry.KeyPlace, $"Nobody reads '{entry.Key}'.{hint}");
        }
    }

    private static void Union(ApiDocument document, MapNode node, MapEntry entry)
    {
        if ((node.List("anyOf") ?? node.List("oneOf")) is not { } types)
        {
            document.Faults.Add(Codes.Extension, entry.KeyPlace, $"'{entry.Key}' belongs to a schema of several types (anyOf or oneOf).");
        }
        else if (entry.Key == Unions.Collection && types.Items.Count(type => document.Follow(type)?.Text("type") == "array") != 1)
        {
            document.Faults.Add(Codes.Extension, entry.KeyPlace, $"'{entry.Key}' needs exactly one array among the types, whose items the collection has.");
        }
    }

    private static void Value(FaultList faults, MapEntry entry, KeyType type)
    {
        var wanted = (type, entry.Value) switch
        {
            (KeyType.Simple { Name: "boolean" }, not ScalarNode { ScalarKind: ScalarKind.Boolean }) => "true or false",
            (KeyType.Simple { Name: "text" }, not ScalarNode { IsText: true }) => "a string",
            (KeyType.Words words, var word) when word is not ScalarNode { IsText: true } text || !words.All.Contains(text.Text) => "one of " + string.Join(", ", words.All),
            (KeyType.MapOf, not MapNode) => "a map",
            (KeyType.ListOf, not ListNode) => "a list",
            (KeyType.ListOf, ListNode list) when list.Items.Exists(static item => item is not ScalarNode { IsText: true }) => "a list of strings",
            _ => null,
        };
        if (wanted is not null)
        {
            faults.Add(Codes.Extension, entry.Value.Place, $"'{entry.Key}' must be {wanted}, not {entry.Value.Kind}.");
        }
    }
}
