using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>Puts the chunks of a chat's stream together to the response that the same call would return as a whole.</summary>
/// <remarks>
/// The response can be read after every chunk. Not safe to use from several threads at once.
/// <para>
/// Fields that the document does not know are kept in <c>AdditionalProperties</c>. Those of deltas are pieces of the message:
/// lists are appended, and texts joined unless every delta has the same one; of anything else, and of those of chunks and
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

    /// <summary>What the first choice says so far; empty where it says nothing yet.</summary>
    /// <remarks>
    /// The text is copied where it has grown since it was read last. To read all of it after every chunk of a long response, take
    /// <see cref="TextMemory"/>; what is new in a chunk is <see cref="ChatCompletionChunk.Text"/>.
    /// </remarks>
    public string Text => _choices.Count > 0 ? _choices.First().Value.Text : "";

    /// <summary>The same as <see cref="Text"/>, without a copy. Later chunks do not change it.</summary>
    public ReadOnlyMemory<char> TextMemory => _choices.Count > 0 ? _choices.First().Value.TextMemory : default;

    /// <summary>What the model thought for the first choice so far; empty where it thought nothing yet.</summary>
    public string Reasoning => _choices.Count > 0 ? _choices.First().Value.Reasoning : "";

    /// <summary>The token counts, each as it came last; null until the chunk that has some.</summary>
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

    /// <summary>The response as far as it has come.</summary>
    /// <returns>An object of its own, which later chunks do not change.</returns>
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
    /// The message of the first choice as far as it has come, to be sent back: with its tool calls and its reasoning, under the
    /// name in JSON that the reasoning came with.
    /// </summary>
    /// <returns>A message of its own, which later chunks do not change; one of the assistant without content where none has come.</returns>
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
