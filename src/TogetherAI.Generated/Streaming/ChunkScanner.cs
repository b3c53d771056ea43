using System.Text.Json;

namespace TogetherAI;

/// <summary>
/// Reads from a chunk just what every stream needs, without making an object of it: the answer's text, whether there is an
/// error, and what it says about the end of the stream. Values that such an answer depends on are pinned, so that the
/// answer holds for every chunk that the tape fits later.
/// </summary>
internal ref struct ChunkScanner
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonTape _tape;
    private readonly StreamFormat _format;
    private readonly StreamProgress _progress;
    private TextScanner _text;

    /// <summary>Prepares a scan.</summary>
    /// <param name="json">The chunk.</param>
    /// <param name="tape">Its tokens.</param>
    /// <param name="format">Where it keeps what is looked for.</param>
    /// <param name="progress">What the stream has said so far.</param>
    /// <param name="readsText">Whether the text is all that is read of the chunk.</param>
    public ChunkScanner(ReadOnlySpan<byte> json, JsonTape tape, StreamFormat format, StreamProgress progress, bool readsText)
    {
        _json = json;
        _tape = tape;
        _format = format;
        _progress = progress;
        _text = new TextScanner(json, tape, format, readsText);
        HasError = false;
        IsTelling = false;
        ChoiceError = default;
    }

    private static ReadOnlySpan<byte> Error => "error"u8;

    /// <summary>The token of the answer's text; -1 where there is none, or only an empty one.</summary>
    public readonly int Text => _text.Token;

    /// <summary>Whether the chunk reports a failure instead of a result.</summary>
    public bool HasError { get; private set; }

    /// <summary>What a choice says of its failure, as JSON; empty where none does.</summary>
    public ReadOnlySpan<byte> ChoiceError { get; private set; }

    /// <summary>Whether the chunk says something about the end of the stream.</summary>
    public bool IsTelling { get; private set; }

    /// <summary>Looks through the whole chunk.</summary>
    /// <exception cref="JsonException">It is not a JSON object, or has no text where one should be.</exception>
    public void Scan()
    {
        if (_tape[0].Type != JsonTokenType.StartObject)
        {
            throw new JsonException("It is not an object.");
        }

        var hasChoices = false;
        var hasMessage = false;
        for (var name = 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
        {
            var value = name + 1;
            if (Is(name, Error))
            {
                _tape[value].IsPinned = true;
                HasError |= IsFailure(value);
            }
            else if (Is(name, _format.Choices))
            {
                hasChoices = true;
                ScanChoices(value);
            }
            else if (IsFinal(name))
            {
                ScanFinal(name, value);
            }
            else if (Is(name, "message"u8) || Is(name, "detail"u8))
            {
                _tape[value].IsPinned = true;
                hasMessage |= IsWord(value);
            }
        }

        // Some servers send the fields of an error without "error" around them.
        HasError |= hasMessage && !hasChoices && _format.Choices.Length > 0;
    }

    private readonly bool Is(int name, ReadOnlySpan<byte> text) => _tape.NameIs(name, _json, text);

    private readonly bool IsFinal(int name)
    {
        foreach (var final in _format.Final)
        {
            if (Is(name, final))
            {
                return true;
            }
        }

        return false;
    }

    private void ScanFinal(int name, int value)
    {
        _tape[value].IsPinned = true;
        var isFinishReason = Is(name, _format.FinishReason);
        HasError |= isFinishReason && IsErrorWord(value);
        if (isFinishReason ? IsWord(value) : _tape[value].Type != JsonTokenType.Null)
        {
            _progress.FinalChunkSeen();
            IsTelling = true;
        }
    }

    private void ScanChoices(int choices)
    {
        _text.Begin(choices);
        if (_tape[choices].Type != JsonTokenType.StartArray)
        {
            return;
        }

        ChooseAnswer(choices);
        var position = 0;
        var hasAnswer = false;
        for (var choice = choices + 1; _tape[choice].Type != JsonTokenType.EndArray; choice = _tape.After(choice))
        {
            var index = IndexOf(choice, position);
            if (index == _progress.Answer && !hasAnswer)
            {
                hasAnswer = true;
                _text.Scan(choice);
            }

            if (_tape[choice].Type == JsonTokenType.StartObject)
            {
                ScanChoice(choice, index);
            }

            position++;
        }
    }

    // The answer that the first chunk begins with is the one whose text is read: most servers send only one, and some
    // send each chunk of several by itself.
    private readonly void ChooseAnswer(int choices)
    {
        if (_progress.Answer is not null)
        {
            return;
        }

        var position = 0;
        for (var choice = choices + 1; _tape[choice].Type != JsonTokenType.EndArray; choice = _tape.After(choice))
        {
            var index = IndexOf(choice, position++);
            _progress.Answer = _progress.Answer < index ? _progress.Answer : index;
        }
    }

    private readonly int IndexOf(int choice, int position)
    {
        var index = position;
        if (_tape[choice].Type == JsonTokenType.StartObject)
        {
            for (var name = choice + 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
            {
                if (Is(name, _format.Index))
                {
                    _tape[name + 1].IsPinned = true;
                    index = Number(name + 1) ?? position;
                }
            }
        }

        return index;
    }

    private void ScanChoice(int choice, int index)
    {
        var isFinished = false;
        for (var name = choice + 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
        {
            var value = name + 1;
            if (Is(name, _format.FinishReason))
            {
                _tape[value].IsPinned = true;
                isFinished |= IsWord(value);
                HasError |= IsErrorWord(value);
            }
            else if (Is(name, Error))
            {
                _tape[value].IsPinned = true;
                if (IsFailure(value))
                {
                    HasError = true;
                    ChoiceError = _tape.Raw(value, _json);
                }
            }
        }

        _progress.ChoiceSeen(index);
        if (isFinished)
        {
            _progress.ChoiceFinished(index);
            IsTelling = true;
        }
    }

    private readonly int? Number(int value)
        => _tape[value].Type == JsonTokenType.Number
            && System.Buffers.Text.Utf8Parser.TryParse(_tape.Bytes(value, _json), out int number, out var length)
            && length == _tape[value].Length
                ? number
                : null;

    private readonly bool IsWord(int value) => _tape[value].Type == JsonTokenType.String && _tape[value].Length > 0;

    private readonly bool IsErrorWord(int value) => _tape[value].Type == JsonTokenType.String && _tape.TextIs(value, _json, Error);

    // Servers also send null, false or an empty text for "no error".
    private readonly bool IsFailure(int value)
        => _tape[value].Type is not (JsonTokenType.Null or JsonTokenType.False)
        && !(_tape[value].Type == JsonTokenType.String && _tape[value].Length == 0);
}
