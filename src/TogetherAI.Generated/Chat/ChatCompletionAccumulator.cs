using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Combines the chunks of a chat stream into the response that the same call would return as a whole.</summary>
/// <remarks>
/// The response can be read after every chunk. This class is not thread-safe.
/// <para>
/// Unknown fields are kept in <c>AdditionalProperties</c>. Those of deltas are combined:
/// lists are concatenated, and strings are joined unless every delta has the same one. For other values, and for fields of chunks and
/// choices, the last value counts.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var response = new ChatCompletionAccumulator();
/// await foreach (var chunk in chat.StreamAsync(request))
/// {
///     response.Add(chunk);
/// }
///
/// request.Messages.Add(response.ToMessage());
/// </code>
/// </example>
public sealed class ChatCompletionAccumulator
{
    private readonly SortedDictionary<int, ChoiceAccumulator> _choices = [];
    private readonly List<ChatCompletionWarning> _warnings = [];
    private string? _id;
    private string? _model;
    private string? _systemFingerprint;
    private WireSeconds? _created;
    private readonly UsageAccumulator _usage = new();
    private readonly Dictionary<string, JToken> _extra = [];

    /// <summary>Gets the text of the first choice so far; empty if there is none yet.</summary>
    /// <remarks>
    /// The text is copied if it has changed since it was last read. To read the whole text after every chunk of a long response, use
    /// <see cref="TextMemory"/>; the new text of a chunk is <see cref="ChatCompletionChunk.Text"/>.
    /// </remarks>
    public string Text => _choices.Count > 0 ? _choices.First().Value.Text : "";

    /// <summary>Gets the same text as <see cref="Text"/>, without a copy. Later chunks do not change it.</summary>
    public ReadOnlyMemory<char> TextMemory => _choices.Count > 0 ? _choices.First().Value.TextMemory : default;

    /// <summary>Gets the reasoning of the first choice so far; empty if there is none yet.</summary>
    public string Reasoning => _choices.Count > 0 ? _choices.First().Value.Reasoning : "";

    /// <summary>Gets the token usage, with the last value of each count; null until a chunk has usage.</summary>
    public TokenUsage? Usage => _usage.Sum;

    /// <summary>Adds the next chunk.</summary>
    /// <param name="chunk">The chunk; it is not changed.</param>
    public void Add(ChatCompletionChunk chunk)
    {
        _ = chunk ?? throw new ArgumentNullException(nameof(chunk));
        _id ??= NullIfEmpty(chunk.Id);
        _model ??= NullIfEmpty(chunk.Model);
        _systemFingerprint ??= NullIfEmpty(chunk.SystemFingerprint);
        _created ??= chunk.Created_0;
        _usage.Add(chunk.Usage);
        ExtraFields.Keep(_extra, chunk);
        _warnings.AddRange(chunk.Warnings.Where(static warning => warning is not null));

        for (var position = 0; position < chunk.Choices.Count; position++)
        {
            if (chunk.Choices[position] is { } choice)
            {
                Choice(choice.Index ?? position).Add(choice);
            }
        }

        foreach (var choice in _choices.Values)
        {
            choice.Finish(chunk.FinishReason);
        }
    }

    /// <summary>Returns the response as received so far.</summary>
    /// <returns>A new object, which later chunks do not change.</returns>
    public ChatCompletionResponse ToResponse()
    {
        var response = new ChatCompletionResponse
        {
            Id = _id,
            Object = "chat.completion",
            Created_0 = _created,
            Model = _model,
            SystemFingerprint = _systemFingerprint,
            Choices = [.. _choices.Select(static pair => pair.Value.ToChoice(pair.Key))],
            Usage = _usage.Sum,
            Warnings = _warnings.Count > 0 ? [.. _warnings] : null,
        };
        ExtraFields.CopyUnset(_extra, response);
        return response;
    }

    /// <summary>
    /// Returns the message of the first choice as received so far, with tool calls and reasoning, for use in the next request. The reasoning has the
    /// JSON name under which it was received.
    /// </summary>
    /// <returns>A new message, which later chunks do not change; an assistant message without content if none was received.</returns>
    public ChatCompletionResponseMessage ToMessage()
        => (_choices.Count > 0 ? _choices.First().Value : new ChoiceAccumulator()).ToMessage();

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private ChoiceAccumulator Choice(int index)
    {
        if (!_choices.TryGetValue(index, out var choice))
        {
            _choices[index] = choice = new ChoiceAccumulator();
        }

        return choice;
    }
}
