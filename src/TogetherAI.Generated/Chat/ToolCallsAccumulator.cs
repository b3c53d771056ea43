namespace TogetherAI;

/// <summary>
/// Puts the pieces of tool calls together. Pieces of one call share its index; where there is none (or -1), a piece with
/// an id, or with a name, begins the next call, and one without goes on with the last.
/// </summary>
internal sealed class ToolCallsAccumulator
{
    private readonly List<ToolCallAccumulator> _calls = [];
    private readonly List<ChatToolCall> _whole = [];

    public void Add(IEnumerable<ChatToolCall>? pieces)
    {
        foreach (var piece in pieces ?? [])
        {
            if (piece is not null)
            {
                Find(piece).Add(piece);
            }
        }
    }

    /// <summary>Takes whole calls, which very few models send beside the pieces of the same calls.</summary>
    public void AddWhole(IEnumerable<ChatToolCall>? calls) => _whole.AddRange((calls ?? []).Where(static call => call is not null));

    public List<ChatToolCall> ToList()
    {
        var calls = new List<ChatToolCall>(_calls.Count);
        foreach (var call in _calls)
        {
            calls.Add(call.ToToolCall(position: calls.Count));
        }

        foreach (var whole in _whole.Where(whole => !calls.Exists(call => IsSame(call, whole))))
        {
            var call = new ToolCallAccumulator();
            call.Add(whole);
            calls.Add(call.ToToolCall(position: calls.Count));
        }

        return calls;
    }

    private static bool IsSame(ChatToolCall call, ChatToolCall whole)
        => string.IsNullOrEmpty(whole.Id)
            ? call.Function?.Name == whole.Function?.Name && call.Function?.Arguments == whole.Function?.Arguments
            : call.Id == whole.Id;

    private ToolCallAccumulator Find(ChatToolCall piece)
    {
        var call = string.IsNullOrEmpty(piece.Id) ? ByPlace(piece) : ById(piece);
        if (call is null)
        {
            call = new ToolCallAccumulator();
            _calls.Add(call);
        }

        return call;
    }

    // A call without an id yet may get it later. Two ids at one index are two calls: some models number all of them 0.
    private ToolCallAccumulator? ById(ChatToolCall piece)
        => _calls.FindLast(call => call.Id == piece.Id)
            ?? (piece.Index is >= 0 ? _calls.FindLast(call => call.Index == piece.Index && call.Id is null) : null);

    private ToolCallAccumulator? ByPlace(ChatToolCall piece)
    {
        if (piece.Index is >= 0)
        {
            return _calls.FindLast(call => call.Index == piece.Index);
        }

        return string.IsNullOrEmpty(piece.Function?.Name) && _calls.Count > 0 ? _calls[_calls.Count - 1] : null;
    }
}
