using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;

namespace TogetherAI;

/// <summary>Combines the chunks of a stream into the message that the same call would return as a whole.</summary>
/// <remarks>
/// The message can be read after every chunk. This class is not thread-safe.
/// <para>
/// The input of a tool is the JSON of its combined deltas. As long as that is invalid, because deltas are missing or because
/// the model generated invalid JSON, the input is the text itself.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var message = new MessageAccumulator();
/// await foreach (var chunk in messages.StreamAsync(request))
/// {
///     message.Add(chunk);
/// }
///
/// request.Messages.Add(message.ToMessage());
/// </code>
/// </example>
public sealed class MessageAccumulator
{
    private readonly SortedDictionary<int, MessageBlockAccumulator> _blocks = [];
    private readonly Dictionary<string, JToken> _extra = [];
    private readonly MessageUsageAccumulator _usage = new();
    private readonly GrowingText _text = new();
    private readonly GrowingText _thinking = new();
    private int _last = -1;
    private string? _id;
    private string? _model;
    private MessageRole? _role;
    private MessageStopReason? _stopReason;
    private string? _stopSequence;
    private JToken? _stopDetails;

    /// <summary>Gets the text of the message so far; empty if there is none yet.</summary>
    /// <remarks>
    /// The text is copied if it has changed since it was last read. To read the whole text after every chunk of a long message, use
    /// <see cref="TextMemory"/>; the new text of a chunk is <see cref="MessageChunk.Text"/>.
    /// </remarks>
    public string Text => _text.ToString();

    /// <summary>Gets the same text as <see cref="Text"/>, without a copy. Later chunks do not change it.</summary>
    public ReadOnlyMemory<char> TextMemory => _text.Memory;

    /// <summary>Gets the thinking so far; empty if there is none yet.</summary>
    public string Thinking => _thinking.ToString();

    /// <summary>Gets the token usage, with the last value of each count; null until a chunk has usage.</summary>
    public MessageUsage? Usage => _usage.Sum;

    /// <summary>Adds the next chunk.</summary>
    /// <param name="chunk">The chunk; it is not changed.</param>
    public void Add(MessageChunk chunk)
    {
        _ = chunk ?? throw new ArgumentNullException(nameof(chunk));
        if (chunk.Message is { } message)
        {
            Begin(message);
        }

        if (chunk.ContentBlock is { } block)
        {
            Begin(block, chunk.Index ?? _last + 1);
        }

        if (chunk.Delta is { } delta)
        {
            Add(delta, chunk.Index);
        }

        _usage.Add(chunk.Usage);
    }

    /// <summary>Returns the message as received so far.</summary>
    /// <returns>A new object, which later chunks do not change.</returns>
    public MessageResponse ToResponse()
    {
        var response = new MessageResponse
        {
            Id = _id,
            Type = "message",
            Role = _role ?? MessageRole.Assistant,
            Model = _model,
            Content = [.. _blocks.Values.Select(static block => block.ToBlock())],
            StopReason = _stopReason,
            StopSequence = _stopSequence,
            StopDetails = _stopDetails?.DeepClone(),
            Usage = _usage.Sum,
        };
        ExtraFields.CopyUnset(_extra, response);
        return response;
    }

    /// <summary>Returns the message as received so far, with thinking and tool calls, for use in the next request.</summary>
    /// <returns>A new message, which later chunks do not change.</returns>
    public MessageInput ToMessage() => MessageInput.FromAssistant(ToResponse());

    private static JToken? ValueOf(JToken? token) => token is { Type: JTokenType.Null } ? null : token;

    private void Begin(MessageResponse message)
    {
        _id ??= message.Id;
        _model ??= message.Model;
        _role ??= string.IsNullOrWhiteSpace(message.Role?.Value) ? null : message.Role;
        _stopReason = message.StopReason ?? _stopReason;
        _stopSequence = message.StopSequence ?? _stopSequence;
        _stopDetails = ValueOf(message.StopDetails) ?? _stopDetails;
        _usage.Add(message.Usage);
        ExtraFields.Keep(_extra, message);
        for (var index = 0; index < message.Content.Count; index++)
        {
            Begin(message.Content[index], index);
        }
    }

    private void Begin(MessageContentBlock block, int index)
    {
        Block(index).Begin(block);
        _text.Append(block.Text);
        _thinking.Append(block.Thinking);
    }

    private void Add(MessageDelta delta, int? index)
    {
        _stopReason = delta.StopReason ?? _stopReason;
        _stopSequence = delta.StopSequence ?? _stopSequence;
        _stopDetails = ValueOf(delta.StopDetails) ?? _stopDetails;
        if (index is null && !MessageBlockAccumulator.IsPiece(delta))
        {
            ExtraFields.Keep(_extra, delta);
            return;
        }

        Block(index ?? Math.Max(_last, 0)).Add(delta);
        _text.Append(delta.Text);
        _thinking.Append(delta.Thinking);
    }

    private MessageBlockAccumulator Block(int index)
    {
        _last = index;
        if (!_blocks.TryGetValue(index, out var block))
        {
            _blocks[index] = block = new MessageBlockAccumulator();
        }

        return block;
    }
}
