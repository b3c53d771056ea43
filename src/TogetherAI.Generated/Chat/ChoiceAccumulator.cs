using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Puts the pieces of one choice together.</summary>
internal sealed class ChoiceAccumulator
{
    private readonly GrowingText _text = new();
    private readonly AliasedTextAccumulator _reasoning = new();
    private readonly GrowingText _refusal = new();
    private readonly ToolCallsAccumulator _toolCalls = new();
    private readonly LogProbabilitiesAccumulator _logprobs = new();
    private readonly DeltaFields _deltaFields = new();
    private readonly Dictionary<string, JToken> _extra = [];
    private ToolCallAccumulator? _functionCall;
    private bool _isFunctionCallWhole;
    private ChatCompletionRole? _role;
    private FinishReason? _finishReason;
    private decimal? _seed;
    private JToken? _matchedStop;
    private JToken? _stopReason;

    public string Text => _text.ToString();

    public ReadOnlyMemory<char> TextMemory => _text.Memory;

    public string Reasoning => _reasoning.Text;

    public void Add(ChatCompletionChunkChoice choice)
    {
        if (choice.Delta is { } delta)
        {
            _deltaFields.Add(delta);
            _role ??= string.IsNullOrWhiteSpace(delta.Role?.Value) ? null : delta.Role;
            _text.Append(delta.Content);
            _reasoning.Add(delta._reasoning);
            _refusal.Append(delta.Refusal);
            _toolCalls.Add(delta.ToolCalls);
#pragma warning disable CS0618, TAI1001 // The old field is still sent by old models.
            Add(delta.FunctionCall);
#pragma warning restore CS0618, TAI1001
        }

        _toolCalls.AddWhole(choice.ToolCalls);
        _logprobs.Add(choice.LogProbabilities, choice.Delta?.Content);
        _seed = choice.Seed ?? _seed;
        ExtraFields.Keep(_extra, choice);
        _matchedStop = ValueOf(choice.MatchedStop) ?? _matchedStop;
        _stopReason = ValueOf(choice.StopReason) ?? _stopReason;
        Finish(choice.FinishReason);
    }

    /// <summary>Takes the first reason: some models follow a telling one with a general one.</summary>
    public void Finish(FinishReason? reason) => _finishReason ??= reason is { Value.Length: > 0 } ? reason : null;

    public ChatCompletionChoice ToChoice(int index)
    {
        var choice = new ChatCompletionChoice
        {
            Index = index,
            FinishReason = _finishReason,
            Seed = _seed,
            LogProbabilities = _logprobs.ToLogProbabilities(),
            MatchedStop = _matchedStop?.DeepClone(),
            StopReason = _stopReason?.DeepClone(),
            Message = ToMessage(),
        };
        ExtraFields.CopyUnset(_extra, choice);
        return choice;
    }

    public ChatCompletionResponseMessage ToMessage()
    {
        var toolCalls = _toolCalls.ToList();
        var message = new ChatCompletionResponseMessage
        {
            Role = _role ?? ChatCompletionRole.Assistant,
            // As in a whole answer: a message of tool calls alone has no content.
            Content = _text.Length == 0 && toolCalls.Count > 0 ? null : _text.ToString(),
            _reasoning = _reasoning.ToText(),
            Refusal = _refusal.Length > 0 ? _refusal.ToString() : null,
            ToolCalls = toolCalls,
#pragma warning disable CS0618, TAI1001 // The old field is still sent by old models.
            FunctionCall = _functionCall?.ToFunctionCall(),
#pragma warning restore CS0618, TAI1001
        };
        _deltaFields.CopyTo(message);
        return message;
    }

    private static JToken? ValueOf(JToken? token) => token is { Type: JTokenType.Null } ? null : token;

    // The old field has room for one call. A model that begins another will ask for it again once it has the first one's
    // result, which pieces of two calls in one would never give it.
    private void Add(ChatCompletionFunctionCallDelta? function)
    {
        if (function is not null)
        {
            var piece = new ChatCompletionToolCallDelta { Function = function };
            _functionCall ??= new ToolCallAccumulator();
            _isFunctionCallWhole |= _functionCall.IsFollowedBy(piece);
            if (!_isFunctionCallWhole)
            {
                _functionCall.Add(piece);
            }
        }
    }
}
