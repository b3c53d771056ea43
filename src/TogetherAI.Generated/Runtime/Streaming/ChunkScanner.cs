using System.Text.Json;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Reads from a chunk just what every stream needs, without making an object of it: the response's text, whether there is an
/// error, and what it says about the end of the stream. Values that such a response depends on are pinned, so that the
/// response holds for every chunk that the tape fits later.
/// </summary>
internal ref struct ChunkScanner
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonTape _tape;
    private readonly StreamFormat _format;
    private readonly StreamProgress _progress;
    private readonly WholeMessages? _messages;
    private readonly string _eventType;
    private TextScanner _text;
    private ulong _marks;

    /// <summary>Prepares a scan.</summary>
    /// <param name="json">The chunk.</param>
    /// <param name="tape">Its tokens.</param>
    /// <param name="format">Where it keeps what is looked for.</param>
    /// <param name="progress">What the stream has said so far.</param>
    /// <param name="messages">What is to know of the pieces; null where nobody asks.</param>
    /// <param name="eventType">The name of the event in the event stream.</param>
    public ChunkScanner(ReadOnlySpan<byte> json, JsonTape tape, StreamFormat format, StreamProgress progress, WholeMessages? messages, string eventType)
    {
        _eventType = eventType;
        _json = json;
        _tape = tape;
        _format = format;
        _progress = progress;
        _messages = messages;
        _text = new TextScanner(json, tape, format);
        _marks = 0;
        HasError = false;
        IsMeaningful = false;
        ChoiceError = default;
    }

    private static ReadOnlySpan<byte> Error => "error"u8;

    /// <summary>The token of the response's text; -1 where there is none, or only an empty one.</summary>
    public readonly int Text => _text.Token;

    /// <summary>Whether the chunk reports a failure instead of a result.</summary>
    public bool HasError { get; private set; }

    /// <summary>What a choice says of its failure, as JSON; empty where none does.</summary>
    public ReadOnlySpan<byte> ChoiceError { get; private set; }

    /// <summary>Whether the chunk says something about the end of the stream.</summary>
    public bool IsMeaningful { get; private set; }

    /// <summary>Whether nothing comes after it.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Looks through the whole chunk.</summary>
    /// <exception cref="JsonException">
    /// It is not a JSON object, or something that text, end or failure depend on cannot be read.
    /// </exception>
    public void Scan()
    {
        if (_tape[0].Type != JsonTokenType.StartObject)
        {
            ScanOther();
            return;
        }

        var choices = JsonTapeToken.None;
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
                choices = value;
            }
            else if (FinalField(name) is >= 0 and var field)
            {
                ScanFinal(name, value, field);
            }
            else if (Is(name, "message"u8) || Is(name, "detail"u8))
            {
                _tape[value].IsPinned = true;
                hasMessage |= IsWord(value);
            }
        }

        if (choices != JsonTapeToken.None && _tape.Require(choices, JsonTokenType.StartArray, _json))
        {
            _progress.ChoicesSeen();
            ScanChoices(choices);
        }
        else if (_format.IsResult)
        {
            ScanResult();
        }
        else if (_format.Events.Length > 0)
        {
            ScanEvent();
        }

        _progress.MarksSeen(_marks, hasText: Text != JsonTapeToken.None);
        IsMeaningful |= _marks != 0 && _progress.HasMark;

        // Some servers send the fields of an error without "error" around them.
        HasError |= hasMessage && choices == JsonTapeToken.None && _format.Choices.Length > 0;
    }

    private void ScanOther()
    {
        if (_format.Events.Length > 0)
        {
            ScanEvent();
        }
        else if (!_format.IsRaw)
        {
            throw new JsonException("The event is not an object.");
        }
    }

    // The chunk is the result, and there is one unless it has a number.
    private void ScanResult()
    {
        var index = _format.IndexOf(0, 0, _tape, _json);
        _progress.Answer ??= index;
        _text.Scan(0, index == _progress.Answer);
        ScanChoice(0, index);
    }

    private void ScanEvent()
    {
        if (FindEvent() is not { } known)
        {
            return;
        }

        if (known.Fails)
        {
            HasError = true;
            ChoiceError = known.Error.Length > 0 && JsonPath.Find(0, known.Error, _tape, _json) is { } error && _tape.HasValue(error) ? _tape.Raw(error, _json) : default;
        }

        if (known.FinishReason.Length > 0 && JsonPath.Find(0, known.FinishReason, _tape, _json) is { } reason)
        {
            _tape[reason].IsPinned = true;
            _progress.FinishReason = IsWord(reason) ? Decoded(reason) : _progress.FinishReason;
        }

        if (known.Completes)
        {
            _progress.EndSeen();
            IsMeaningful = true;
            IsLast = true;
        }

        _text.Scan(0, known.Text, isAnswer: true);
    }

    // By the field of the chunk, and where it has none by the event stream.
    private readonly StreamEventFormat? FindEvent()
    {
        if (_format.EventName.Length > 0 && _tape[0].Type == JsonTokenType.StartObject && _tape.Find(0, _json, _format.EventName) is { } name && _tape[name].Type == JsonTokenType.String)
        {
            _tape[name].IsPinned = true;
            return _tape.IsEscaped(name) ? null : _format.Event(_tape.Bytes(name, _json));
        }

        return Array.Find(_format.Events, MatchesEventType(_eventType));
    }

    private static Predicate<StreamEventFormat> MatchesEventType(string eventType) => known => known.Name == eventType;

    // What the stream does not have has no name, unlike a field whose name is empty.
    private readonly bool Is(int name, ReadOnlySpan<byte> text) => text.Length > 0 && _tape.NameIs(name, _json, text);

    private readonly int FinalField(int name)
    {
        for (var i = 0; i < _format.Final.Length; i++)
        {
            if (Is(name, _format.Final[i]))
            {
                return i;
            }
        }

        return JsonTapeToken.None;
    }

    private void ScanFinal(int name, int value, int field)
    {
        _tape[value].IsPinned = true;
        if (Is(name, _format.FinishReason))
        {
            if (RequireWord(value))
            {
                _progress.FinishReason = Decoded(value);
                _progress.EndSeen();
                IsMeaningful = true;
                HasError |= IsErrorWord(value);
            }
        }
        else if (_tape[value].Type == JsonTokenType.StartArray)
        {
            throw new JsonException($"The value at '{_tape.PathTo(value, _json)}' is an array, but should mark the last chunk.");
        }
        else if (_tape[value].Type != JsonTokenType.Null)
        {
            _marks |= 1UL << field;
        }
    }

    private void ScanChoices(int choices)
    {
        ChooseAnswer(choices);
        var position = 0;
        var hasAnswer = false;
        for (var choice = choices + 1; _tape[choice].Type != JsonTokenType.EndArray; choice = _tape.After(choice))
        {
            var index = _format.IndexOf(choice, position++, _tape, _json);
            var isAnswer = index == _progress.Answer && !hasAnswer;
            hasAnswer |= isAnswer;
            _text.Scan(choice, isAnswer);
            if (_tape[choice].Type == JsonTokenType.StartObject)
            {
                ScanChoice(choice, index);
            }
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
            var index = _format.IndexOf(choice, position++, _tape, _json);
            _progress.Answer = _progress.Answer < index ? _progress.Answer : index;
        }
    }

    private void ScanChoice(int choice, int index)
    {
        string? finishReason = null;
        var hasUnknownPlace = false;
        for (var name = choice + 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
        {
            var value = name + 1;
            if (Is(name, _format.FinishReason))
            {
                _tape[value].IsPinned = true;
                finishReason = RequireWord(value) ? Decoded(value) : null;
                _progress.FinishReason = index == _progress.Answer ? finishReason ?? _progress.FinishReason : _progress.FinishReason;
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
            else if (!_progress.HasTextPlace && !Is(name, _format.Index))
            {
                _progress.HasTextPlace = _format.LeadsToText(name, _tape, _json);
                hasUnknownPlace |= _tape[value].Type is JsonTokenType.String or JsonTokenType.StartObject or JsonTokenType.StartArray && _tape.HasValue(value);
            }
        }

        _progress.HasUnknownPlace |= hasUnknownPlace;
        _messages?.PiecesSeen(choice, index, _json, _tape);
        _progress.ChoiceSeen(index);
        if (finishReason is not null)
        {
            _progress.ChoiceFinished(index, finishReason);
            IsMeaningful = true;
        }
    }

    // A number or a truth value is kept as a word by the type, but ends nothing.
    private readonly bool RequireWord(int value)
        => _tape[value].Type is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? throw new JsonException($"Expected a string at '{_tape.PathTo(value, _json)}' but found an object or array.")
            : IsWord(value);

    private readonly bool IsWord(int value) => _tape[value].Type == JsonTokenType.String && _tape[value].Length > 0;

    private readonly string Decoded(int value) => JsonText.Decode(_tape.Bytes(value, _json), _tape.IsEscaped(value));

    private readonly bool IsErrorWord(int value) => _tape[value].Type == JsonTokenType.String && _tape.TextIs(value, _json, Error);

    // Servers also send null, false or an empty text for "no error".
    private readonly bool IsFailure(int value)
        => _tape[value].Type is not (JsonTokenType.Null or JsonTokenType.False)
        && !(_tape[value].Type == JsonTokenType.String && _tape[value].Length == 0);
}
