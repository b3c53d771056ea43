using System.Text.Json;

namespace TogetherAI;

/// <summary>
/// Reads from the UTF-8 of a chunk just what every stream needs, without making an object of it: the first choice's
/// text, whether there is an error, and what it says about the end of the stream.
/// </summary>
internal ref struct ChunkScanner
{
    private const int NoText = int.MaxValue;

    private readonly ReadOnlySpan<byte> _json;
    private readonly StreamFormat _format;
    private readonly StreamProgress _progress;
    private ReadOnlySpan<byte> _text;
    private bool _isTextEscaped;
    private int _textRank;
    private int _textStart;
    private JsonReaderState _stateBehindText;
    private int _choices;
    private bool _isTelling;

    public ChunkScanner(ReadOnlySpan<byte> json, StreamFormat format, StreamProgress progress)
    {
        _json = json;
        _format = format;
        _progress = progress;
        _text = default;
        _isTextEscaped = false;
        _textRank = NoText;
        _textStart = 0;
        _stateBehindText = default;
        _choices = 0;
        _isTelling = false;
        HasError = false;
        ChoiceError = default;
    }

    private static ReadOnlySpan<byte> Error => "error"u8;

    /// <summary>Whether the chunk reports a failure instead of a result.</summary>
    public bool HasError { get; private set; }

    /// <summary>What a choice says of its failure, as JSON; empty where none does.</summary>
    public ReadOnlySpan<byte> ChoiceError { get; private set; }

    /// <summary>Reads the whole chunk.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public void Scan()
    {
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { MaxDepth = TogetherAIJson.MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("It is not an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (TogetherAIJson.IsText(ref reader, Error))
            {
                reader.Read();
                HasError |= IsFailure(in reader);
                _isTelling = true;
            }
            else if (TogetherAIJson.IsText(ref reader, _format.Choices.EncodedUtf8Bytes))
            {
                reader.Read();
                ScanChoices(ref reader);
                continue;
            }
            else if (Matches(ref reader, _format.Final))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.Null)
                {
                    _progress.FinalChunkSeen();
                    _isTelling = true;
                }
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        // Anything after the object is an error of the reader's own.
        reader.Read();
    }

    /// <summary>The first choice's text; empty where there is none.</summary>
    public readonly ChunkText Text => new(_text, _isTextEscaped);

    /// <summary>Whether the chunk has a text, at the first place to look for one, and says nothing else.</summary>
    public readonly bool IsPlain => !_isTelling && _choices == 1 && _textRank == 0;

    /// <summary>Where the text begins and ends in the chunk.</summary>
    public readonly (int Start, int Length) TextRange => (_textStart, _text.Length);

    /// <summary>The reader's state behind the text, from which another chunk like this one can be read on.</summary>
    public readonly JsonReaderState StateBehindText => _stateBehindText;

    private static bool Matches(ref Utf8JsonReader reader, JsonEncodedText[] names)
    {
        foreach (var name in names)
        {
            if (TogetherAIJson.IsText(ref reader, name.EncodedUtf8Bytes))
            {
                return true;
            }
        }

        return false;
    }

    private void ScanChoices(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        for (var position = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position++)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ScanChoice(ref reader, position);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ScanChoice(ref Utf8JsonReader reader, int position)
    {
        var index = position;
        var isFinished = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (TogetherAIJson.IsText(ref reader, _format.Index.EncodedUtf8Bytes))
            {
                reader.Read();
                index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : position;
            }
            else if (TogetherAIJson.IsText(ref reader, _format.FinishReason.EncodedUtf8Bytes))
            {
                reader.Read();
                isFinished |= reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty;
                HasError |= reader.TokenType == JsonTokenType.String && TogetherAIJson.IsText(ref reader, Error);
            }
            else if (TogetherAIJson.IsText(ref reader, Error))
            {
                reader.Read();
                ScanChoiceError(ref reader);
                continue;
            }
            else
            {
                ScanForText(ref reader, wanted: position == 0);
                continue;
            }

            reader.Skip();
        }

        _choices++;
        _progress.ChoiceSeen(index);
        if (isFinished)
        {
            _progress.ChoiceFinished(index);
            _isTelling = true;
        }
    }

    private void ScanChoiceError(ref Utf8JsonReader reader)
    {
        var isFailure = IsFailure(in reader);
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        if (isFailure)
        {
            HasError = true;
            ChoiceError = _json.Slice(start, (int)reader.BytesConsumed - start);
        }
    }

    // Servers also send null, false or an empty text for "no error".
    private static bool IsFailure(in Utf8JsonReader reader)
        => reader.TokenType is not (JsonTokenType.Null or JsonTokenType.False)
        && !(reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty);

    private void ScanForText(ref Utf8JsonReader reader, bool wanted)
    {
        var rank = 0;
        while (rank < _format.Text.Length && !(wanted && TogetherAIJson.IsText(ref reader, _format.Text[rank][0].EncodedUtf8Bytes)))
        {
            rank++;
        }

        reader.Read();
        if (rank == _format.Text.Length)
        {
            reader.Skip();
            return;
        }

        var path = _format.Text[rank];
        if (path.Length == 1 || reader.TokenType != JsonTokenType.StartObject)
        {
            Take(ref reader, rank);
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = TogetherAIJson.IsText(ref reader, path[1].EncodedUtf8Bytes);
            reader.Read();
            if (isText)
            {
                Take(ref reader, rank);
            }

            reader.Skip();
        }
    }

    private void Take(ref Utf8JsonReader reader, int rank)
    {
        if (reader.TokenType == JsonTokenType.String && rank <= _textRank && !reader.ValueSpan.IsEmpty)
        {
            _text = reader.ValueSpan;
            _isTextEscaped = reader.ValueIsEscaped;
            _textRank = rank;
            _textStart = (int)reader.TokenStartIndex + 1;
            _stateBehindText = reader.CurrentState;
        }
    }
}
