using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>Ways into a chunk: names of fields, and positions in lists, joined by slashes.</summary>
internal static class StreamPaths
{
    /// <summary>Reports a way to a text that leads nowhere, or to something else.</summary>
    public static void Check(ApiDocument document, ScalarNode path, Dictionary<string, Node> fields, bool isText = true)
    {
        Node? field = null;
        foreach (var name in path.Text.Split('/'))
        {
            if (name.Length > 0 && name.All(char.IsAsciiDigit) && document.Follow(field)?.Text("type") == "array")
            {
                field = document.Follow(field)?["items"];
            }
            else if (!fields.TryGetValue(name, out field))
            {
                document.Faults.Add(Codes.Stream, path.Place, $"The path '{path.Text}' is invalid: there is no field '{name}'.{Suggestion.For(name, fields.Keys)}");
                return;
            }

            fields = SchemaFields.Of(document, field);
        }

        if (isText && document.Follow(field)?.Text("type") is { } type and not "string")
        {
            document.Faults.Add(Codes.Stream, path.Place, $"The path '{path.Text}' leads to a field of the type {type}; text must be a string.");
        }
    }
}
