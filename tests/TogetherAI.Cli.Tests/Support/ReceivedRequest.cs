using System.Text.Json.Nodes;

namespace TogetherAI.Cli.Tests.Support;

internal sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}
