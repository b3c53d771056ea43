using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Refusals;

/// <summary>Refuses requests that the client cannot write, and operations that no client has.</summary>
internal sealed class OperationRefusals : IStep
{
    public void Run(ApiDocument document)
    {
        foreach (var operation in document.Operations)
        {
            if (operation.Tag is null)
            {
                document.Faults.Add(Codes.NoTag, operation.Place, $"{operation} has no tag, and the document no title to name its client. Give it a tag.");
            }

            Request(document, operation);
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
}
