using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Puts the pieces of one block together.</summary>
internal sealed class MessageBlockAccumulator
{
    private readonly GrowingText _text = new();
    private readonly GrowingText _thinking = new();
    private readonly GrowingText _input = new();
    private readonly GrowingText _signature = new();
    private readonly DeltaFields _deltaFields = new();
    private MessageContentBlock? _start;
    private MessageContentBlockType? _type;
    private JArray? _citations;

    /// <summary>Whether a delta adds to a block, and not to the message.</summary>
    public static bool IsPiece(MessageDelta delta)
        => delta.Type is not null || (delta.Text ?? delta.Thinking ?? delta.PartialJson ?? delta.Signature) is not null || HasValue(delta.Citation);

    /// <summary>Takes the block as it begins, which few servers send with more than its kind.</summary>
    public void Begin(MessageContentBlock block)
    {
        _start ??= block;
        _type ??= block.Type;
        _text.Append(block.Text);
        _thinking.Append(block.Thinking);
        _signature.Append(block.Signature);
    }

    public void Add(MessageDelta delta)
    {
        _type ??= TypeOf(delta);
        _text.Append(delta.Text);
        _thinking.Append(delta.Thinking);
        _input.Append(delta.PartialJson);
        _signature.Append(delta.Signature);
        _deltaFields.Add(delta);
        if (HasValue(delta.Citation))
        {
            (_citations ??= []).Add(delta.Citation!.DeepClone());
        }
    }

    public MessageContentBlock ToBlock()
    {
        var type = _type ?? MessageContentBlockType.Text;
        var block = new MessageContentBlock
        {
            Type = type,
            Text = TextOf(_text, type == MessageContentBlockType.Text, _start?.Text),
            Thinking = TextOf(_thinking, type == MessageContentBlockType.Thinking, _start?.Thinking),
            Signature = TextOf(_signature, isNeeded: false, _start?.Signature),
            Data = _start?.Data,
            Id = _start?.Id,
            Name = _start?.Name,
            Input = Input(type),
            ToolUseId = _start?.ToolUseId,
            Content = _start?.Content,
            IsError = _start?.IsError,
            Source = _start?.Source,
            CacheControl = _start?.CacheControl,
            Citations = _citations?.DeepClone() ?? _start?.Citations?.DeepClone(),
        };
        var extra = new Dictionary<string, JToken>();
        ExtraFields.Keep(extra, _start);
        ExtraFields.CopyUnset(extra, block);
        _deltaFields.CopyTo(block);
        return block;
    }

    private static bool HasValue(JToken? token) => token is { Type: not JTokenType.Null };

    private static MessageContentBlockType? TypeOf(MessageDelta delta)
        => delta.PartialJson is not null ? MessageContentBlockType.ToolUse
            : (delta.Thinking ?? delta.Signature) is not null ? MessageContentBlockType.Thinking
            : delta.Text is not null ? MessageContentBlockType.Text
            : null;

    private static string? TextOf(GrowingText text, bool isNeeded, string? start)
        => text.Length > 0 || isNeeded ? text.ToString() : start;

    // A tool without parameters gets no piece. Input that is no JSON is kept, so that a caller can tell what is wrong with it.
    private JToken? Input(MessageContentBlockType type)
        => _input.Length > 0 ? ApiJson.TryParse(_input.ToString()) ?? new JValue(_input.ToString())
            : _start?.Input?.DeepClone() ?? (type == MessageContentBlockType.ToolUse ? new JObject() : null);
}
