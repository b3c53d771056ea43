using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Writing;

/// <summary>Writes nodes as JSON.</summary>
internal static class JsonNodeWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        MaxDepth = 1_000,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(Node node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            Write(writer, node);
        }

        return stream.ToArray();
    }

    public static string WriteText(Node node) => Encoding.UTF8.GetString(Write(node));

    private static void Write(Utf8JsonWriter writer, Node node)
    {
        switch (node)
        {
            case MapNode map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case ListNode list:
                writer.WriteStartArray();
                list.Items.ForEach(item => Write(writer, item));
                writer.WriteEndArray();
                break;
            case ScalarNode { ScalarKind: ScalarKind.Text } text:
                writer.WriteStringValue(text.Text);
                break;
            case ScalarNode scalar:
                writer.WriteRawValue(scalar.Text);
                break;
            default:
                throw new InvalidOperationException($"There is no way to write {node.Kind}.");
        }
    }
}
