using System.Text.Json;

namespace TogetherAI;

/// <summary>
/// Reads from a chunk just what every stream needs, without making an object of it: the first choice's text, whether
/// there is an error, and what it says about the end of the stream. Values that such an answer depends on are pinned, so
/// that the answer holds for every chunk that the tape fits later.
/// </summary>
internal ref struct ChunkScanner
{
    private const int NoText = int.MaxValue;

    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonTape _tape;
    private readonly StreamFormat _format;
    private readonly StreamProgress _progress;
    private int _textRank;

    public ChunkScanner(ReadOnlySpan<byte> json, JsonTape tape, StreamFormat format, StreamProgress progress)
    {
        _json = json;
        _tape = tape;
        _format = format;
        _progress = progress;
        _textRank = NoText;
        Text = JsonTapeToken.None;
        HasError = false;
        IsTelling = false;
        ChoiceError = default;
    }

    private static ReadOnlySpan<byte> Error => "error"u8;

    /// <summary>The token of the first choice's text; -1 where there is none, or only an empty one.</summary>
    public int Text { get; private set; }

    /// <summary>Whether the chunk reports a failure instead of a result.</summary>
    public bool HasError { get; private set; }

    /// <summary>What a choice says of its failure, as JSON; empty where none does.</summary>
    public ReadOnlySpan<byte> ChoiceError { get; private set; }

    /// <summary>Whether the chunk says something about the end of the stream.</summary>
    public bool IsTelling { get; private set; }

    /// <summary>Looks through the whole chunk.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public void Scan()
    {
        if (_tape[0].Type != JsonTokenType.StartObject)
        {
            throw new JsonException("It is not an object.");
        }

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
                ScanChoices(value);
            }
            else if (IsAny(name, _format.Final) && _tape[value].Type != JsonTokenType.Null)
            {
                _progress.FinalChunkSeen();
                IsTelling = true;
            }
        }
    }

    private readonly bool Is(int token, ReadOnlySpan<byte> text)
        => JsonText.Is(_tape.Bytes(token, _json), _tape.IsEscaped(token), text);

    private readonly bool IsAny(int token, byte[][] texts)
    {
        foreach (var text in texts)
        {
            if (Is(token, text))
            {
                return true;
            }
        }

        return false;
    }

    private void ScanChoices(int choices)
    {
        if (_tape[choices].Type != JsonTokenType.StartArray)
        {
            return;
        }

        var position = 0;
        for (var choice = choices + 1; _tape[choice].Type != JsonTokenType.EndArray; choice = _tape.After(choice))
        {
            if (_tape[choice].Type == JsonTokenType.StartObject)
            {
                ScanChoice(choice, position);
            }

            position++;
        }
    }

    private void ScanChoice(int choice, int position)
    {
        var index = position;
        var isFinished = false;
        for (var name = choice + 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
        {
            var value = name + 1;
            if (Is(name, _format.Index))
            {
                _tape[value].IsPinned = true;
                index = Number(value) ?? position;
            }
            else if (Is(name, _format.FinishReason))
            {
                _tape[value].IsPinned = true;
                isFinished |= _tape[value].Type == JsonTokenType.String && _tape[value].Length > 0;
                HasError |= _tape[value].Type == JsonTokenType.String && Is(value, Error);
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
            else if (position == 0)
            {
                LookForText(name);
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

    // Servers also send null, false or an empty text for "no error".
    private readonly bool IsFailure(int value)
        => _tape[value].Type is not (JsonTokenType.Null or JsonTokenType.False)
        && !(_tape[value].Type == JsonTokenType.String && _tape[value].Length == 0);

    private void LookForText(int name)
    {
        for (var rank = 0; rank < _format.Text.Length; rank++)
        {
            var path = _format.Text[rank];
            if (Is(name, path[0]))
            {
                LookForText(name + 1, path, rank);
                return;
            }
        }
    }

    private void LookForText(int value, byte[][] path, int rank)
    {
        if (path.Length == 1 || _tape[value].Type != JsonTokenType.StartObject)
        {
            Take(value, rank);
            return;
        }

        for (var name = value + 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
        {
            if (Is(name, path[1]))
            {
                Take(name + 1, rank);
            }
        }
    }

    private void Take(int value, int rank)
    {
        if (_tape[value].Type != JsonTokenType.String || rank > _textRank)
        {
            return;
        }

        if (_tape[value].Length == 0)
        {
            // If a text came here, it would be the one to take.
            _tape[value].IsPinned = true;
            return;
        }

        Text = value;
        _textRank = rank;
    }
}
