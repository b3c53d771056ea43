using System.Text;
using Newtonsoft.Json.Linq;

namespace TogetherAI;

/// <summary>Puts the pieces of one tool call together.</summary>
internal sealed class ToolCallAccumulator
{
    private readonly StringBuilder _arguments = new();
    private readonly Dictionary<string, JToken> _extra = [];
    private ChatToolType? _type;
    private string? _name;

    public int? Index { get; private set; }

    public string? Id { get; private set; }

    public void Add(ChatToolCall piece)
    {
        Index ??= piece.Index is >= 0 ? piece.Index : null;
        Id ??= NullIfEmpty(piece.Id);
        _name ??= NullIfEmpty(piece.Function?.Name);
        _type ??= piece.Type is { Value.Length: > 0 } ? piece.Type : null;
        _arguments.Append(piece.Function?.Arguments);

        // Such as signatures, without which some models do not take the call back.
        foreach (var field in ((IExtensible)piece).Extra ?? new Dictionary<string, JToken>())
        {
            _extra[field.Key] = field.Value;
        }
    }

    public ChatToolCall ToToolCall(int position)
    {
        var call = new ChatToolCall
        {
            Index = Index ?? position,
            Id = Id,
            Type = _type ?? ChatToolType.Function,
            Function = new ChatFunctionCall { Name = _name, Arguments = _arguments.ToString() },
        };
        foreach (var field in _extra)
        {
            call.AdditionalProperties[field.Key] = field.Value.DeepClone();
        }

        return call;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
