using System.Globalization;
using System.Text.RegularExpressions;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Specification;

/// <summary>Compares a document with the table of its version: keys, types of values and closed sets of words.</summary>
internal sealed partial class SpecificationCheck : IStep
{
    public void Run(ApiDocument document)
    {
        var version = document.Root["openapi"];
        if (version is ScalarNode scalar && !OpenApiVersions.IsKnown(scalar.Text))
        {
            document.Faults.Add(Codes.Version, version.Place, $"The version {scalar.Text} of OpenAPI cannot be read. Write the document in 3.0, 3.1 or 3.2.");
            return;
        }

        if (version is null && document.Root.Find("swagger") is { } swagger)
        {
            document.Faults.Add(Codes.Version, swagger.KeyPlace, "Swagger 2.0 cannot be read. Convert the document to OpenAPI 3.");
            return;
        }

        new Pass(OpenApiTable.Of(document.Version), document.Version, document.Faults).Object(document.Root, "Document");
    }

    [GeneratedRegex(@"^([1-5]([0-9]{2}|XX)|default)\z")]
    private static partial Regex Status();

    /// <summary>One pass over a document.</summary>
    private sealed class Pass(OpenApiTable table, OpenApiVersion version, FaultList faults)
    {
        public void Object(MapNode map, string name)
        {
            var type = table[name];
            if (type.MayBeReference && map.Find("$ref") is { } reference)
            {
                Reference(map, reference, type);
                return;
            }

            foreach (var entry in map.Entries)
            {
                Entry(map, entry, type);
            }

            foreach (var required in type.Required.Where(key => !map.Has(key)))
            {
                faults.Add(Codes.MissingKey, map.Place, $"{Described(name)} needs the key '{required}'.");
            }
        }

        private static string Described(string type) => type == "Document" ? "The document" : $"The {type}";

        private static string VersionText(OpenApiVersion version) => version switch
        {
            OpenApiVersion.V30 => "3.0",
            OpenApiVersion.V31 => "3.1",
            _ => "3.2",
        };

        // What stands beside a reference has a meaning in schemas alone, and there only since 3.1; elsewhere it may describe.
        private void Reference(MapNode map, MapEntry reference, ObjectType type)
        {
            if (reference.Value is not ScalarNode { IsText: true })
            {
                faults.Add(Codes.ValueType, reference.Value.Place, $"'$ref' must be a string, not {reference.Value.Kind}.");
            }

            foreach (var entry in map.Entries.Where(entry => entry != reference))
            {
                Entry(map, entry, type);
            }
        }

        private void Entry(MapNode map, MapEntry entry, ObjectType type)
        {
            if (entry.Key.StartsWith("x-", StringComparison.Ordinal))
            {
                return;
            }

            if (type.Keys.TryGetValue(entry.Key, out var value))
            {
                Value(entry.Value, value, $"'{entry.Key}'");
            }
            else if (type.Pattern is { } pattern)
            {
                PatternKey(entry, pattern.Key);
                Value(entry.Value, pattern.Value, $"'{entry.Key}'");
            }
            else
            {
                UnknownKey(map, entry, type);
            }
        }

        private void UnknownKey(MapNode map, MapEntry entry, ObjectType type)
        {
            if (type.OtherVersions.TryGetValue(entry.Key, out var other))
            {
                faults.Add(
                    Codes.UnknownKey,
                    entry.KeyPlace,
                    $"{Described(type.Name)} has the key '{entry.Key}' only in OpenAPI {VersionText(other)}{(other > OpenApiVersion.V30 ? " and later" : "")}; this document is {VersionText(version)}.");
                return;
            }

            var hint = entry.Key == "<<" ? " OpenAPI is YAML 1.2, which has no merge keys: write the entries here."
                : Suggestion.For(entry.Key, type.Keys.Keys.Where(key => !map.Has(key)));
            var sentence = $"{Described(type.Name)} has no key '{entry.Key}'.{hint}";
            // JSON Schema, which schemas are since 3.1, lets anybody add keys. One that is nearly another is a slip all the same.
            if (type.Name == "Schema" && version > OpenApiVersion.V30 && Suggestion.Within(1, entry.Key, type.Keys.Keys, StringComparison.Ordinal).Length == 0)
            {
                faults.Warn(Codes.UnknownKey, entry.KeyPlace, sentence + " It is ignored.");
            }
            else
            {
                faults.Add(Codes.UnknownKey, entry.KeyPlace, sentence);
            }
        }

        private void PatternKey(MapEntry entry, string pattern)
        {
            if (pattern == "<path>" && !entry.Key.StartsWith('/'))
            {
                faults.Add(Codes.UnknownKey, entry.KeyPlace, $"The path '{entry.Key}' must begin with a slash.");
            }
            else if (pattern == "<status>" && !Status().IsMatch(entry.Key))
            {
                faults.Add(Codes.UnknownKey, entry.KeyPlace, $"'{entry.Key}' is not a status code. Use a code such as 200 or 4XX, or default.");
            }
        }

        private void Value(Node node, KeyType type, string what)
        {
            switch (type)
            {
                case KeyType.Object { Name: "Schema" } when node is ScalarNode { ScalarKind: ScalarKind.Boolean } && version > OpenApiVersion.V30:
                    break;
                case KeyType.Object named when node is MapNode map:
                    Object(map, named.Name);
                    break;
                case KeyType.ListOf list when node is ListNode items:
                    items.Items.ForEach(item => Value(item, list.Item, $"An item of {what}"));
                    break;
                case KeyType.MapOf values when node is MapNode map:
                    foreach (var entry in map.Entries)
                    {
                        Value(entry.Value, values.Value, $"'{entry.Key}'");
                    }

                    break;
                case KeyType.Either either:
                    Value(node, either.Types.FirstOrDefault(one => HasShape(node, one)) ?? either.Types[0], what);
                    break;
                case KeyType.Words words:
                    Word(node, words, what);
                    break;
                case KeyType.Simple simple:
                    Simple(node, simple.Name, what);
                    break;
                default:
                    Wrong(node, type is KeyType.ListOf ? "a list" : "a map", what);
                    break;
            }
        }

        private static bool HasShape(Node node, KeyType type) => type switch
        {
            KeyType.ListOf => node is ListNode,
            KeyType.MapOf or KeyType.Object => node is MapNode,
            KeyType.Simple simple => Fits(node, simple.Name),
            _ => node is ScalarNode,
        };

        // A version written as 1.0, or a description left empty, means what it says.
        private static bool Fits(Node node, string type) => type switch
        {
            "any" => true,
            "text" => node is ScalarNode,
            "boolean" => node is ScalarNode { ScalarKind: ScalarKind.Boolean },
            "number" => node is ScalarNode { IsNumber: true },
            _ => node is ScalarNode { IsNumber: true } number && IsInteger(number.Text),
        };

        private void Word(Node node, KeyType.Words words, string what)
        {
            if (node is ScalarNode { IsText: true } scalar)
            {
                if (!words.All.Contains(scalar.Text))
                {
                    faults.Add(
                        Codes.UnknownWord,
                        node.Place,
                        $"{what} cannot be '{scalar.Text}'. It is one of {string.Join(", ", words.All)}.{Suggestion.For(scalar.Text, words.All)}");
                }
            }
            else if (node is ScalarNode { IsNull: true } && words.All.Contains("null"))
            {
                faults.Add(Codes.ValueType, node.Place, $"{what} must be a string. Quote 'null', because YAML otherwise reads it as a null value.");
            }
            else
            {
                var hint = version == OpenApiVersion.V30 && node is ListNode ? " OpenAPI 3.0 has one type and nullable; several came with 3.1." : "";
                Wrong(node, $"one of {string.Join(", ", words.All)}", what, hint);
            }
        }

        private void Simple(Node node, string type, string what)
        {
            if (!Fits(node, type))
            {
                Wrong(node, type is "integer" or "count" ? "a whole number" : "a " + type, what);
            }
            else if (type == "count" && ((ScalarNode)node).Text.StartsWith('-'))
            {
                faults.Add(Codes.ValueType, node.Place, $"{what} must not be negative.");
            }
        }

        // JSON knows no integers: 1.0 and 1e3 are such, too.
        private static bool IsInteger(string number)
            => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsInteger(value);

        private void Wrong(Node node, string wanted, string what, string hint = "")
            => faults.Add(Codes.ValueType, node.Place, node is ScalarNode { IsNull: true }
                ? $"{what} must be {wanted}, but is missing.{hint}"
                : $"{what} must be {wanted}, not {node.Kind}.{hint}");
    }
}
