namespace TogetherAI;

/// <summary>
/// Puts the pieces of tool calls together. An index tells calls apart, whatever their ids; within one index a call ends
/// where the next name begins. Without an index (or with -1) the id tells them apart; a piece without either begins the next
/// call where it has a name, and goes on with the last one where it has none.
/// </summary>
internal sealed class ToolCallsAccumulator
{
    private readonly List<ToolCallAccumulator> _calls = [];
    private readonly List<ToolCallAccumulator> _whole = [];
    private ToolCallAccumulator? _last;

    public void Add(IEnumerable<ChatCompletionToolCallDelta>? pieces)
    {
        foreach (var piece in pieces ?? [])
        {
            if (piece is not null)
            {
                _last = Find(piece) ?? Begin(_calls);
                _last.Add(piece);
            }
        }
    }

    /// <summary>Takes whole calls, which very few models send beside the pieces of the same calls.</summary>
    public void AddWhole(IEnumerable<ChatCompletionToolCall>? calls)
    {
        foreach (var call in calls ?? [])
        {
            if (call is not null)
            {
                Begin(_whole).Add(call);
            }
        }
    }

    public List<ChatCompletionToolCall> ToList()
    {
        var calls = new List<ToolCallAccumulator>(_calls);
        foreach (var whole in _whole)
        {
            if (calls.Find(call => IsSame(call, whole)) is { } same)
            {
                same.TakeId(whole);
            }
            else
            {
                calls.Add(whole);
            }
        }

        return [.. calls.Select(static (call, position) => call.ToToolCall(position))];
    }

    private static ToolCallAccumulator Begin(List<ToolCallAccumulator> calls)
    {
        var call = new ToolCallAccumulator();
        calls.Add(call);
        return call;
    }

    private static bool IsSame(ToolCallAccumulator call, ToolCallAccumulator whole)
        => call.Id is not null && whole.Id is not null ? call.Id == whole.Id : call.Name == whole.Name && call.Arguments == whole.Arguments;

    /// <summary>The call that a piece goes on with; null where it begins one.</summary>
    private ToolCallAccumulator? Find(ChatCompletionToolCallDelta piece)
    {
        var id = ToolCallAccumulator.NullIfBlank(piece.Id);
        var isNamed = ToolCallAccumulator.NullIfBlank(piece.Function?.Name) is not null;
        return piece.Index is not >= 0 ? WithoutIndex(id, isNamed)
            : AtIndex(piece.Index.Value, id, isNamed) is { } call && !call.IsFollowedBy(piece) ? call
            : null;
    }

    // The id of a piece may be new, or have come before the index did.
    private ToolCallAccumulator? AtIndex(int index, string? id, bool isNamed)
        => (id is null ? null : _calls.FindLast(call => call.Index == index && call.Id == id))
            ?? _calls.FindLast(call => call.Index == index)
            ?? (id is null ? null : _calls.FindLast(call => call.Index is null && call.Id == id))
            ?? (_last is { Index: null } && !isNamed && (id is null || _last.Id is null) ? _last : null);

    // A call without a name takes the next one, and a call without an id the next one that comes without a name.
    private ToolCallAccumulator? WithoutIndex(string? id, bool isNamed)
        => id is null
            ? (!isNamed || _last is { Name: null } ? _last : null)
            : _calls.FindLast(call => call.Id == id) ?? (_last is { Id: null } && (!isNamed || _last.Name is null) ? _last : null);
}
