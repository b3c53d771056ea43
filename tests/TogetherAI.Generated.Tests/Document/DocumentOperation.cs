using Newtonsoft.Json.Linq;

namespace TogetherAI.Tests.Document;

/// <summary>One operation of the document.</summary>
internal sealed record DocumentOperation(string Path, string Method, JObject Json)
{
    private const string EventStream = "text/event-stream";

    public string Id => (string?)Json["operationId"] ?? $"{Method} {Path}";

    /// <summary>What the method is called, without <c>Async</c>: the id, or what follows the tag in it.</summary>
    public string Name => Id.StartsWith(Tag + "_", StringComparison.Ordinal) ? Id[(Tag.Length + 1)..] : Id;

    public string Tag => (string)Json["tags"]![0]!;

    public JObject? RequestContent => (JObject?)Json["requestBody"]?["content"];

    public JObject Responses => (JObject)Json["responses"]!;

    public JProperty Success => Responses.Properties().First(response => response.Name.StartsWith('2'));

    public JObject? SuccessContent => (JObject?)TogetherDocument.Follow(Success.Value)["content"];

    public bool IsStream => SuccessContent?[EventStream] is not null;

    /// <summary>The schema of one event.</summary>
    public JToken EventSchema => SuccessContent![EventStream]!["schema"]!;

    /// <summary>What <c>x-stream</c> says.</summary>
    public JObject? Stream => (JObject?)Json["x-stream"];

    /// <summary>Whether its events carry text, of which a stream of its own can be made.</summary>
    public bool HasText => Stream?["text"] is not null || StreamEvents.Any(words => words.Value["text"] is not null);

    /// <summary>What <c>x-stream</c> says of the events of each name; nothing where all are alike.</summary>
    public IEnumerable<JProperty> StreamEvents => (Stream?["events"] as JObject)?.Properties() ?? [];

    /// <summary>The schema of the JSON request body.</summary>
    public JToken RequestSchema => RequestContent!["application/json"]!["schema"]!;

    /// <summary>Every place that has content: the request body and all responses.</summary>
    public IEnumerable<(string Where, JObject Content)> Contents
    {
        get
        {
            if (RequestContent is { } request)
            {
                yield return ("request", request);
            }

            foreach (var response in Responses.Properties())
            {
                if (TogetherDocument.Follow(response.Value)["content"] is JObject content)
                {
                    yield return ($"response {response.Name}", content);
                }
            }
        }
    }

    public override string ToString() => Id;
}
