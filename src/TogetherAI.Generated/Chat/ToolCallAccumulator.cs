using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Buffers;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Puts the pieces of one tool call together. What has been said of a call is not taken back by a later piece.</summary>
internal sealed class ToolCallAccumulator
{
    // The chat templates of Mistral's models refuse ids that are not nine letters or digits; others take any.
    private const int OwnIdLength = 9;

    private readonly GrowingText _arguments = new();
    private readonly Dictionary<string, JToken> _extra = [];
    private readonly Dictionary<string, JToken> _functionExtra = [];
    private ChatCompletionToolType? _type;
    private string? _ownId;

    public int? Index { get; private set; }

    /// <summary>The id that came; null where none has.</summary>
    public string? Id { get; private set; }

    public string? Name { get; private set; }

    public string Arguments => _arguments.ToString();

    public void Add(ChatCompletionToolCallDelta piece)
    {
        Add(piece.Index, piece.Id, piece.Type, piece.Function?.Name, piece.Function?.Arguments);

        // Such as signatures, without which some models do not take the call back.
        ExtraFields.Keep(_extra, piece);
        ExtraFields.Keep(_functionExtra, piece.Function);
    }

    public void Add(ChatCompletionToolCall whole)
    {
        Add(whole.Index, whole.Id, whole.Type, whole.Function.Name, whole.Function.Arguments);
        ExtraFields.Keep(_extra, whole);
        ExtraFields.Keep(_functionExtra, whole.Function);
    }

    /// <summary>Takes the id of the same call where none came with the pieces.</summary>
    public void TakeId(ToolCallAccumulator same) => Id ??= same.Id;

    /// <summary>
    /// Whether a piece in the place of this call begins the next one: only a named call can be over, and only a name begins
    /// another. That is a name with another id, another name, or the name again once the arguments are whole.
    /// </summary>
    public bool IsFollowedBy(ChatCompletionToolCallDelta piece)
    {
        if (Name is null || NullIfBlank(piece.Function?.Name) is not { } name)
        {
            return false;
        }

        var id = NullIfBlank(piece.Id);
        return name != Name
            || (id is not null && Id is not null && id != Id)
            || (id is null && !string.IsNullOrWhiteSpace(piece.Function!.Arguments) && HasWholeArguments());
    }

    public ChatCompletionToolCall ToToolCall(int position)
    {
        var call = new ChatCompletionToolCall
        {
            Index = Index ?? position,
            Id = Id ?? (_ownId ??= Guid.NewGuid().ToString("N").Substring(0, OwnIdLength)),
            Type = _type ?? ChatCompletionToolType.Function,
            Function = ToFunctionCall(),
        };
        ExtraFields.CopyUnset(_extra, call);
        return call;
    }

    public ChatCompletionFunctionCall ToFunctionCall()
    {
        var call = new ChatCompletionFunctionCall { Name = Name ?? "", Arguments = Arguments };
        ExtraFields.CopyUnset(_functionExtra, call);
        return call;
    }

    public static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private void Add(int? index, string? id, ChatCompletionToolType? type, string? name, string? arguments)
    {
        Index ??= index is >= 0 ? index : null;
        Id ??= NullIfBlank(id);
        Name ??= NullIfBlank(name);
        _type ??= string.IsNullOrWhiteSpace(type?.Value) ? null : type;
        _arguments.Append(arguments);
    }

    // More behind a whole JSON object would be no JSON.
    private bool HasWholeArguments()
    {
        var arguments = Arguments.TrimEnd();
        return arguments.EndsWith("}", StringComparison.Ordinal) && ApiJson.TryParse(arguments) is JObject;
    }
}
