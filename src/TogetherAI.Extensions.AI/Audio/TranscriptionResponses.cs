using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Audio;

/// <summary>Converts the response to a transcription or a translation.</summary>
[Experimental(Provider.Experiment)]
internal static class TranscriptionResponses
{
    public static SpeechToTextResponse Create(TranscriptionResponse response, string? model) => new(response.Text)
    {
        ResponseId = Provider.NullIfEmpty(response.Id),
        ModelId = model,
        StartTime = response.Segments.FirstOrDefault()?.Start ?? response.Words.FirstOrDefault()?.Start,
        EndTime = response.Segments.LastOrDefault()?.End ?? response.Words.LastOrDefault()?.End,
        Usage = UsageMapping.ToDetails(response.AdditionalProperties),
        RawRepresentation = response,
        AdditionalProperties = PropertiesOf(response),
    };

    // Segments, words and speakers are in the raw representation.
    private static AdditionalPropertiesDictionary? PropertiesOf(TranscriptionResponse response)
    {
        var properties = AdditionalFields.Add(null, response.AdditionalProperties);
        properties = AdditionalFields.Add(properties, "language", response.Language);
        properties = AdditionalFields.Add(properties, "task", response.Task?.Value);
        return AdditionalFields.Add(properties, "duration", response.Duration is { } duration ? new JValue(duration.TotalSeconds) : null);
    }
}
