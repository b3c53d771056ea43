using Newtonsoft.Json;

namespace TogetherAI.Cli.Tests.Tool;

/// <summary>What a later version of the document may have.</summary>
internal sealed class LaterRequest
{
    [JsonProperty("timeout")]
    public int? Timeout { get; set; }

    [JsonProperty("tool_choice")]
    public Dictionary<string, int[]>? ToolChoice { get; set; }
}
