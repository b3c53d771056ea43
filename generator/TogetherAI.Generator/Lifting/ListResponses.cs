using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;

namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Makes an object of a response that is a bare array: <c>data</c> has the items, and there is room for what a server adds,
/// such as a cursor. The object reads the array as well as an object with <c>data</c>.
/// </summary>
internal sealed class ListResponses : IStep
{
    /// <summary>On a schema: its JSON may be the bare array that its one field has.</summary>
    public const string Word = "x-list";

    /// <summary>The field with the items.</summary>
    public const string Data = "data";

    public void Run(ApiDocument document)
    {
        foreach (var operation in document.Operations.ToList())
        {
            if (operation.HasWholeResponse && ContentOf(operation) is { } content && Shape.Of(document, content["schema"]) is { Kind: ShapeKind.List } list)
            {
                var key = $"{operation} {Word}";
                document.Schemas!.Add(key, Schema(operation, list.Schema!), operation.Place);
                content.Set("schema", SchemaReference.To(key, operation.Place));
            }
            else if (operation.Node[MadeNames.ResponseName] is { } name)
            {
                document.Faults.Add(Codes.Extension, name.Place, $"'{MadeNames.ResponseName}' names nothing: the response of {operation} is no bare array. Take it out.");
            }
        }
    }

    /// <summary>The JSON of a response with success; null where there is none.</summary>
    public static MapNode? ContentOf(Operation operation)
        => operation.Success?.Response.Map("content")?.Map(MediaTypes.Json);

    private static MapNode Schema(Operation operation, MapNode list)
    {
        var place = operation.Place;
        var data = (MapNode)list.Clone();
        if (!data.Has("description") && operation.Success?.Response["description"] is { } description)
        {
            data.Set("description", description);
        }

        var properties = new MapNode(place);
        properties.Add(Data, data, place);
        var required = new ListNode(place);
        required.Items.Add(ScalarNode.FromText(Data, place));
        var schema = new MapNode(place);
        schema.Add("type", ScalarNode.FromText("object", place));
        schema.Add("description", ScalarNode.FromText($"The response of `{operation}`.", place));
        schema.Add(MadeNames.Word, MadeNames.OfList(operation));
        schema.Add(Word, ScalarNode.FromBoolean(true, place));
        schema.Add("required", required);
        schema.Add("properties", properties);
        return schema;
    }
}
