using System.Text;

namespace TogetherAI;

/// <summary>Puts the pieces of one answer together.</summary>
internal sealed class ChoiceAccumulator
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _refusal = new();
    private readonly ToolCallsAccumulator _toolCalls = new();
    private readonly LogprobsAccumulator _logprobs = new();
    private ChatFunctionCall? _functionCall;
    private ChatCompletionRole? _role;
    private FinishReason? _finishReason;
    private decimal? _seed;

    public string Text => _text.ToString();

    public string Reasoning => _reasoning.ToString();

    public void Add(ChatCompletionChunkChoice choice)
    {
        if (choice.Delta is { } delta)
        {
            _role ??= delta.Role is { Value.Length: > 0 } role ? role : null;
            _text.Append(delta.Content);
            _reasoning.Append(delta.ReasoningText);
            _refusal.Append(delta.Refusal);
            _toolCalls.Add(delta.ToolCalls);
#pragma warning disable CS0612 // The old field is still sent by old models.
            Add(delta.FunctionCall);
#pragma warning restore CS0612
        }

        _toolCalls.AddWhole(choice.ToolCalls);
        _logprobs.Add(choice.Logprobs, choice.Delta?.Content);
        _seed = choice.Seed ?? _seed;
        Finish(choice.FinishReason);
    }

    /// <summary>Takes the first reason: some models follow a telling one with a general one.</summary>
    public void Finish(FinishReason? reason) => _finishReason ??= reason is { Value.Length: > 0 } ? reason : null;

    public ChatCompletionChoice ToChoice(int index)
    {
        var toolCalls = _toolCalls.ToList();
        return new ChatCompletionChoice
        {
            Index = index,
            FinishReason = _finishReason,
            Seed = _seed,
            Logprobs = _logprobs.ToLogprobs(),
            Message = new ChatCompletionReply
            {
                Role = _role ?? ChatCompletionRole.Assistant,
                // As in a whole answer: a message of tool calls alone has no content.
                Content = _text.Length == 0 && toolCalls.Count > 0 ? null : _text.ToString(),
                Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null,
                Refusal = _refusal.Length > 0 ? _refusal.ToString() : null,
                ToolCalls = toolCalls,
#pragma warning disable CS0612 // The old field is still sent by old models.
                FunctionCall = _functionCall is { } call ? new ChatFunctionCall { Name = call.Name, Arguments = call.Arguments } : null,
#pragma warning restore CS0612
            },
        };
    }

    private void Add(ChatFunctionCall? piece)
    {
        if (piece is not null)
        {
            _functionCall ??= new ChatFunctionCall();
            _functionCall.Name ??= piece.Name;
            _functionCall.Arguments += piece.Arguments;
        }
    }
}
