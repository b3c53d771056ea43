using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Documents;

/// <summary>One operation of a document.</summary>
internal sealed class Operation(ApiDocument document, OperationNode found)
{
    public string Path => found.Path;

    public MapNode PathItem => found.Item;

    public string Method => found.Method;

    public MapNode Node => found.Node;

    /// <summary>Where the method stands.</summary>
    public Place Place => found.MethodEntry.KeyPlace;

    public string? Id => Node.Text("operationId");

    /// <summary>The first tag, which names the client; null where there is none.</summary>
    public ScalarNode? Tag => Node.List("tags")?.Items.FirstOrDefault() as ScalarNode;

    /// <summary>The parameters of the operation and, where it does not have the same, of its path.</summary>
    public IEnumerable<Parameter> Parameters
    {
        get
        {
            var own = ParametersOf(Node).ToList();
            return own.Concat(ParametersOf(PathItem).Where(shared => !own.Exists(parameter => parameter.IsSameAs(shared))));
        }
    }

    public MapNode? RequestBody => document.Follow(Node["requestBody"]);

    /// <summary>The responses by their status; references are followed.</summary>
    public IEnumerable<(MapEntry Entry, MapNode Response)> Responses
        => from entry in Node.Map("responses")?.Entries ?? []
           let response = document.Follow(entry.Value)
           where response is not null
           select (entry, response);

    /// <summary>The response of a success: the first status of 2xx, or the default one where there is none.</summary>
    public (MapEntry Entry, MapNode Response)? Success
    {
        get
        {
            var responses = Responses.ToList();
            var index = responses.FindIndex(static response => response.Entry.Key.StartsWith('2'));
            index = index >= 0 ? index : responses.FindIndex(static response => response.Entry.Key == "default" && response.Response.Has("content"));
            return index >= 0 ? responses[index] : null;
        }
    }

    public MapNode? Stream => Node.Map("x-stream");

    /// <summary>Whether the operation, lifted, has a response that is no stream; without one it only streams.</summary>
    public bool HasWholeResponse => !Node.Has("x-stream-only");

    public string? Form => Node.Text("x-form");

    /// <summary>What messages call it, such as <c>POST /v1/chat</c>.</summary>
    public override string ToString() => $"{Method.ToUpperInvariant()} {Path}";

    private IEnumerable<Parameter> ParametersOf(MapNode owner)
        => from item in owner.List("parameters")?.Items ?? []
           let parameter = document.Follow(item)
           where parameter is not null
           select new Parameter(item, parameter);
}
