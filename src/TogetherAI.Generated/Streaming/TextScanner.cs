using System.Text.Json;

namespace TogetherAI;

/// <summary>
/// Finds the text in a choice of a chunk. Of a name that comes twice, the last one counts, as for the object that the chunk
/// would be read as.
/// </summary>
internal ref struct TextScanner
{
    private const int NoText = int.MaxValue;

    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonTape _tape;
    private readonly StreamFormat _format;
    private readonly bool _isStrict;
    private int _rank;

    /// <summary>Prepares a scan.</summary>
    /// <param name="json">The chunk.</param>
    /// <param name="tape">Its tokens.</param>
    /// <param name="format">Where a choice keeps its text.</param>
    /// <param name="isStrict">Whether something else where a text should be is an error; it would be lost.</param>
    public TextScanner(ReadOnlySpan<byte> json, JsonTape tape, StreamFormat format, bool isStrict)
    {
        _json = json;
        _tape = tape;
        _format = format;
        _isStrict = isStrict;
        _rank = NoText;
        Token = JsonTapeToken.None;
    }

    /// <summary>The token of the text; -1 where there is none, or only an empty one.</summary>
    public int Token { get; private set; }

    /// <summary>Begins to look in the choices of the chunk.</summary>
    public void Begin(int choices)
    {
        Require(choices, JsonTokenType.StartArray);
        Forget();
    }

    /// <summary>Looks in the choice whose text it is.</summary>
    public void Scan(int choice)
    {
        if (!IsObject(choice))
        {
            return;
        }

        for (var name = choice + 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
        {
            for (var rank = 0; rank < _format.Text.Length; rank++)
            {
                if (_tape.NameIs(name, _json, _format.Text[rank][0]))
                {
                    Scan(name + 1, _format.Text[rank], rank);
                }
            }
        }
    }

    private void Scan(int value, byte[][] path, int rank)
    {
        if (_rank == rank)
        {
            Forget();
        }

        if (path.Length == 1)
        {
            Take(value, rank);
            return;
        }

        if (!IsObject(value))
        {
            return;
        }

        for (var name = value + 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
        {
            if (_tape.NameIs(name, _json, path[1]))
            {
                Take(name + 1, rank);
            }
        }
    }

    private void Take(int value, int rank)
    {
        var type = _tape[value].Type;
        // Newtonsoft.Json takes a number, true and false for the text that they are written as.
        if (type is not (JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False))
        {
            Require(value, JsonTokenType.String);
        }

        if (type is JsonTokenType.Null or JsonTokenType.StartObject or JsonTokenType.StartArray || rank > _rank)
        {
            return;
        }

        if (_tape[value].Length == 0)
        {
            // If a text came here, it would be the one to take.
            _tape[value].IsPinned = true;
            if (_rank == rank)
            {
                Forget();
            }

            return;
        }

        Token = value;
        _rank = rank;
    }

    private readonly bool IsObject(int value)
    {
        Require(value, JsonTokenType.StartObject);
        return _tape[value].Type == JsonTokenType.StartObject;
    }

    private void Forget()
    {
        Token = JsonTapeToken.None;
        _rank = NoText;
    }

    // To Newtonsoft.Json an empty text is null where it stands for something else.
    private readonly void Require(int value, JsonTokenType type)
    {
        ref var token = ref _tape[value];
        if (_isStrict && token.Type != type && token.Type != JsonTokenType.Null && !(token.Type == JsonTokenType.String && token.Length == 0))
        {
            throw new JsonException($"A text was looked for, and there is a value of the kind {token.Type} on the way to it.");
        }
    }
}
