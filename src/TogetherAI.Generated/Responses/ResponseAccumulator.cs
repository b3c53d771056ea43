using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Puts the chunks of a stream together to the response that the same call would return as a whole.</summary>
/// <remarks>
/// The response can be read after every chunk. This class is not thread-safe. The items are those of the event that
/// completes the response; where it has none, and before it, those that the other events gave.
/// </remarks>
/// <example>
/// <code>
/// var response = new ResponseAccumulator();
/// await foreach (var chunk in responses.StreamAsync(request))
/// {
///     response.Add(chunk);
/// }
///
/// var items = response.ToResponse().Output; // with these, and what the functions returned, the conversation goes on
/// </code>
/// </example>
public sealed class ResponseAccumulator
{
    private readonly SortedDictionary<int, ResponseItemAccumulator> _items = [];
    private readonly GrowingText _text = new();
    private readonly GrowingText _reasoning = new();
    private TogetherAIResponse? _response;
    private ResponseUsage? _usage;
    private bool _isComplete;
    private int _last;

    /// <summary>What the response says so far; empty where it says nothing yet.</summary>
    /// <remarks>
    /// The text is copied if it has changed since it was last read. To read the whole text after every chunk of a long response, use
    /// <see cref="TextMemory"/>; what is new in a chunk is <see cref="ResponseChunk.Text"/>.
    /// </remarks>
    public string Text => _text.ToString();

    /// <summary>Gets the same text as <see cref="Text"/>, without a copy. Later chunks do not change it.</summary>
    public ReadOnlyMemory<char> TextMemory => _text.Memory;

    /// <summary>The reasoning of the model so far; empty where there was none yet.</summary>
    public string Reasoning => _reasoning.ToString();

    /// <summary>The token counts; null until the event that has them, which mostly is the last.</summary>
    public ResponseUsage? Usage => _usage;

    /// <summary>Adds the next chunk.</summary>
    /// <param name="chunk">The chunk; it is not changed.</param>
    public void Add(ResponseChunk chunk)
    {
        _ = chunk ?? throw new ArgumentNullException(nameof(chunk));
        if (chunk.Response is { } response)
        {
            _response = response;
            _usage = response.Usage ?? _usage;
            _isComplete |= chunk.Type == ResponseChunkType.Completed || chunk.Type == ResponseChunkType.Incomplete;
            if (_isComplete && _text.Length == 0)
            {
                _text.Append(response.OutputText);
            }
        }

        if (IsOfItem(chunk))
        {
            var item = Item(chunk);
            item.Add(chunk, _text);
            _reasoning.Append(chunk.Reasoning);
        }
    }

    /// <summary>Returns the response as received so far.</summary>
    /// <returns>A new object, which later chunks do not change.</returns>
    public TogetherAIResponse ToResponse()
    {
        var response = _response is null ? new TogetherAIResponse { Object = "response" } : ApiJson.Convert<TogetherAIResponse>(ApiJson.ToToken(_response))!;
        if (_items.Count > 0 && (!_isComplete || response.Output.Count == 0))
        {
            response.Output = [.. _items.Values.Select(static item => item.ToItem())];
        }

        response.Usage ??= _usage;
        return response;
    }

    // Others say nothing of an item, or what cannot be told without knowing them.
    private static bool IsOfItem(ResponseChunk chunk)
        => chunk.Item is not null || ((chunk.OutputIndex is not null || chunk.ItemId is not null) && ResponseItemAccumulator.Knows(chunk.Type));

    private ResponseItemAccumulator Item(ResponseChunk chunk)
    {
        var index = chunk.OutputIndex ?? IndexOf(chunk.ItemId ?? chunk.Item?.Id);
        _last = index;
        if (!_items.TryGetValue(index, out var item))
        {
            _items[index] = item = new ResponseItemAccumulator();
        }

        return item;
    }

    // Some servers leave the index out.
    private int IndexOf(string? id)
        => id is null ? _last
            : _items.Where(item => item.Value.Id == id).Select(static item => (int?)item.Key).FirstOrDefault() ?? (_items.Count == 0 ? 0 : _items.Keys.Last() + 1);
}
