using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Cli.Tests.Tool;

/// <summary>A request with lists of every kind.</summary>
internal sealed class ListRequest
{
    [JsonProperty("granularities")]
    public IList<TranscriptionTimestampGranularity>? Granularities { get; set; }

    [JsonProperty("tools")]
    public IList<JObject>? Tools { get; set; }

    [JsonProperty("numbers")]
    public IList<int>? Numbers { get; set; }

    [JsonProperty("texts")]
    public IList<string>? Texts { get; set; }
}
