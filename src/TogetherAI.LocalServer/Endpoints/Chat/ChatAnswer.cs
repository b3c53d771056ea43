using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>One choice of a response.</summary>
/// <param name="Content">The text; empty where tools are called.</param>
/// <param name="Calls">The tools that are called.</param>
internal sealed record ChatAnswer(Generation Content, IReadOnlyList<ChatToolCall> Calls)
{
    /// <summary>Why the response ends, in the words of this endpoint.</summary>
    /// <param name="reason">Why its text ends.</param>
    public string FinishReasonOf(string reason)
        => Calls.Count > 0 ? "tool_calls" : reason == FinishReasons.Length ? "length" : "stop";
}
