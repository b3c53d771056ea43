using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;

namespace TogetherAI.Generator.Refusals;

/// <summary>Refuses requests and responses that the client cannot write or read.</summary>
internal sealed class OperationRefusals : IStep
{
    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";

    public void Run(ApiDocument document)
    {
        foreach (var operation in document.Operations)
        {
            if (operation.Tag is null)
            {
                document.Faults.Add(Codes.NoTag, operation.Place, $"{operation} has no tag, and the document no title to name its client. Give it a tag.");
            }

            Request(document, operation);
            Response(document, operation);
        }
    }

    private static void Request(ApiDocument document, Operation operation)
    {
        if (operation.RequestBody?.Map("content") is not { Entries: [var content, ..] })
        {
            return;
        }

        if (operation.Form is not null)
        {
            if (content.Key != "multipart/form-data")
            {
                document.Faults.Add(Codes.RequestBody, content.KeyPlace, $"{operation} has 'x-form', but takes {content.Key}. A form is multipart/form-data.");
            }
        }
        else if (content.Key is "multipart/form-data")
        {
            document.Faults.Add(Codes.RequestBody, content.KeyPlace, $"{operation} takes a form. Name its schema with x-form.");
        }
        else if (operation.Node.Has("x-body"))
        {
            return;
        }
        else if ((content.Value as MapNode)?.Has("schema") != true)
        {
            document.Faults.Add(Codes.RequestBody, content.KeyPlace, $"{operation} has a request without a schema.");
        }
    }

    private static void Response(ApiDocument document, Operation operation)
    {
        if (operation.Node.Has("x-stream-only"))
        {
            document.Faults.Add(Codes.Response, operation.Place, $"{operation} answers with a stream alone. List {Json} beside it, with the schema of a whole response.");
        }

        if (operation.Success?.Response.Map("content") is not { Entries: [var content, ..] })
        {
            return;
        }

        var shape = Shape.Of(document, (content.Value as MapNode)?["schema"]);
        if (content.Key == EventStream)
        {
            document.Faults.Add(Codes.Response, content.KeyPlace, $"{operation} has one of its chunks as its whole response. List {Json} before {EventStream}, each with a schema of its own.");
        }
        else if (shape.Kind == ShapeKind.File || operation.Node.Has("x-response"))
        {
            return;
        }
        else if ((content.Value as MapNode)?.Has("schema") != true)
        {
            document.Faults.Add(Codes.Response, content.KeyPlace, $"{operation} has a response without a schema.");
        }
        else if (operation.Stream?.Text("chunk") is { } chunk && document.Schemas?[chunk] is MapNode events && document.Follow(events) == shape.Schema && shape.Schema is not null)
        {
            document.Faults.Add(Codes.Response, content.KeyPlace, $"{operation} has one of its chunks as its whole response. Give {Json} and {EventStream} each a schema of its own.");
        }
    }
}
