using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Puts the pieces of one item together. An item that comes whole at its end counts before its pieces.</summary>
internal sealed class ResponseItemAccumulator
{
    private static readonly HashSet<string> Words =
    [
        ResponseChunkType.Values.ContentPartAdded,
        ResponseChunkType.Values.ContentPartDone,
        ResponseChunkType.Values.OutputTextDelta,
        ResponseChunkType.Values.OutputTextDone,
        ResponseChunkType.Values.OutputTextAnnotationAdded,
        ResponseChunkType.Values.RefusalDelta,
        ResponseChunkType.Values.RefusalDone,
        ResponseChunkType.Values.ReasoningTextDelta,
        ResponseChunkType.Values.ReasoningTextDone,
        ResponseChunkType.Values.ReasoningDelta,
        ResponseChunkType.Values.ReasoningDone,
        ResponseChunkType.Values.ReasoningSummaryPartAdded,
        ResponseChunkType.Values.ReasoningSummaryPartDone,
        ResponseChunkType.Values.ReasoningSummaryTextDelta,
        ResponseChunkType.Values.ReasoningSummaryTextDone,
        ResponseChunkType.Values.FunctionCallArgumentsDelta,
        ResponseChunkType.Values.FunctionCallArgumentsDone,
        ResponseChunkType.Values.McpCallArgumentsDelta,
        ResponseChunkType.Values.McpCallArgumentsDone,
    ];

    private readonly SortedDictionary<int, ResponsePartAccumulator> _content = [];
    private readonly SortedDictionary<int, ResponsePartAccumulator> _summary = [];
    private readonly GrowingText _arguments = new();
    private ResponseItem? _item;
    private ResponseItemType? _type;
    private string? _id;
    private string? _name;
    private bool _isWhole;

    public string? Id => _item?.Id ?? _id;

    /// <summary>Whether events of a type add to an item.</summary>
    public static bool Knows(ResponseChunkType? type) => type is not null && Words.Contains(type.Value);

    /// <summary>Takes an event.</summary>
    /// <param name="chunk">The event.</param>
    /// <param name="text">Gets the text that is new in it.</param>
    public void Add(ResponseChunk chunk, GrowingText text)
    {
        _id ??= chunk.ItemId;
        if (chunk.Item is { } item)
        {
            Take(item, isWhole: chunk.Type == ResponseChunkType.OutputItemDone, text);
            return;
        }

        switch (chunk.Type?.Value)
        {
            case ResponseChunkType.Values.FunctionCallArgumentsDelta or ResponseChunkType.Values.McpCallArgumentsDelta:
                _type ??= chunk.Type == ResponseChunkType.McpCallArgumentsDelta ? ResponseItemType.McpCall : ResponseItemType.FunctionCall;
                _arguments.Append(chunk.Delta);
                break;
            case ResponseChunkType.Values.FunctionCallArgumentsDone or ResponseChunkType.Values.McpCallArgumentsDone:
                _type ??= chunk.Type == ResponseChunkType.McpCallArgumentsDone ? ResponseItemType.McpCall : ResponseItemType.FunctionCall;
                _name = chunk.Name ?? _name;
                _arguments.Append(_arguments.Length == 0 ? chunk.Arguments : null);
                break;
            default:
                AddToPart(chunk, text);
                break;
        }
    }

    public ResponseItem ToItem()
    {
        var item = _item is null ? new ResponseItem() : Copying.Copy(_item);
        if (_isWhole)
        {
            return item;
        }

        item.Type ??= _type ?? ResponseItemType.Message;
        item.Id ??= _id;
        item.Role ??= item.IsMessage ? ResponseRole.Assistant : null;
        item.Name ??= _name;
        item.Arguments = _arguments.Length > 0 ? _arguments.ToString() : item.Arguments;
        item.Content = _content.Count > 0 ? Parts(_content).ToArray() : item.Content;
        item.Summary = _summary.Count > 0 ? Parts(_summary).ToList() : item.Summary;
        return item;
    }

    private static IEnumerable<ResponseContentPart> Parts(SortedDictionary<int, ResponsePartAccumulator> parts)
        => parts.Values.Select(static part => part.ToPart());

    private static ResponsePartAccumulator Part(SortedDictionary<int, ResponsePartAccumulator> parts, int? index)
    {
        if (!parts.TryGetValue(index ?? 0, out var part))
        {
            parts[index ?? 0] = part = new ResponsePartAccumulator();
        }

        return part;
    }

    private void Take(ResponseItem item, bool isWhole, GrowingText text)
    {
        _item = item;
        _isWhole = isWhole;

        // Few servers send the text of a message at its end alone.
        if (isWhole && item.IsMessage && !_content.Values.Any(static part => part.HasText))
        {
            text.Append(new TogetherAIResponse { Output = [item] }.OutputText);
        }
    }

    private void AddToPart(ResponseChunk chunk, GrowingText text)
    {
        var isSummary = chunk.SummaryIndex is not null || chunk.Type?.Value.Contains("summary") == true;
        var part = isSummary ? Part(_summary, chunk.SummaryIndex) : Part(_content, chunk.ContentIndex);
        if (isSummary || chunk.Type?.Value.Contains(".reasoning") == true)
        {
            _type ??= ResponseItemType.Reasoning;
        }

        part.Add(chunk, text);
    }
}
