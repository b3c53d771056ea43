using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Puts the pieces of one part of an item together. What comes whole at its end counts only where no piece of it came.</summary>
internal sealed class ResponsePartAccumulator
{
    private readonly GrowingText _text = new();
    private readonly GrowingText _refusal = new();
    private readonly JArray _annotations = [];
    private ResponseContentPart? _part;
    private ResponseContentPartType? _type;

    public bool HasText => _text.Length > 0;

    /// <summary>Takes an event.</summary>
    /// <param name="chunk">The event.</param>
    /// <param name="text">Gets the text that is new in it, if it is text of the response.</param>
    public void Add(ResponseChunk chunk, GrowingText text)
    {
        _part = chunk.Part ?? _part;
        switch (chunk.Type?.Value)
        {
            case ResponseChunkType.Values.OutputTextDelta:
                _type ??= ResponseContentPartType.OutputText;
                _text.Append(chunk.Delta);
                text.Append(chunk.Delta);
                break;
            case ResponseChunkType.Values.OutputTextDone:
                _type ??= ResponseContentPartType.OutputText;
                text.Append(Complete(WholeText(chunk)));
                break;
            case ResponseChunkType.Values.RefusalDelta:
                _type ??= ResponseContentPartType.Refusal;
                _refusal.Append(chunk.Delta);
                break;
            case ResponseChunkType.Values.RefusalDone:
                _type ??= ResponseContentPartType.Refusal;
                _refusal.Append(_refusal.Length == 0 ? chunk.Refusal : null);
                break;
            case ResponseChunkType.Values.ReasoningTextDelta or ResponseChunkType.Values.ReasoningDelta:
                _type ??= ResponseContentPartType.ReasoningText;
                _text.Append(chunk.Delta);
                break;
            case ResponseChunkType.Values.ReasoningTextDone or ResponseChunkType.Values.ReasoningDone:
                _type ??= ResponseContentPartType.ReasoningText;
                Complete(WholeText(chunk));
                break;
            case ResponseChunkType.Values.ReasoningSummaryTextDelta:
                _type ??= ResponseContentPartType.SummaryText;
                _text.Append(chunk.Delta);
                break;
            case ResponseChunkType.Values.ReasoningSummaryTextDone:
                _type ??= ResponseContentPartType.SummaryText;
                Complete(WholeText(chunk));
                break;
            case ResponseChunkType.Values.OutputTextAnnotationAdded when chunk.Annotation is { } annotation:
                _annotations.Add(annotation.DeepClone());
                break;
            case ResponseChunkType.Values.ContentPartDone when chunk.Part?.Type == ResponseContentPartType.OutputText:
                text.Append(Complete(chunk.Part.Text));
                break;
            default:
                Complete(chunk.Type == ResponseChunkType.ReasoningSummaryPartDone ? chunk.Part?.Text : null);
                break;
        }
    }

    public ResponseContentPart ToPart()
    {
        var part = _part is null ? new ResponseContentPart { Type = _type ?? ResponseContentPartType.OutputText } : Copying.Copy(_part);
        part.Text = _text.Length > 0 || (part.Text is null && part.Type == ResponseContentPartType.OutputText) ? _text.ToString() : part.Text;
        part.Refusal = _refusal.Length > 0 ? _refusal.ToString() : part.Refusal;
        part.Annotations = _annotations.Count > 0 ? _annotations.DeepClone() : part.Annotations;
        return part;
    }

    private static string? WholeText(ResponseChunk chunk)
        => chunk.AdditionalProperties.TryGetValue("text", out var text) && text is JValue { Value: string whole } ? whole : null;

    // Gives back what was missing.
    private string? Complete(string? whole)
    {
        if (_text.Length > 0)
        {
            return null;
        }

        _text.Append(whole);
        return whole;
    }
}
