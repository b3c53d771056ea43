using System.Text.Json;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Finds the text in a choice of a chunk. Of a name that comes twice, the last one counts, as for the object that the chunk
/// would be read as. Something else where a text should be is an error: it would be lost.
/// </summary>
internal ref struct TextScanner
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonTape _tape;
    private readonly StreamFormat _format;

    /// <summary>Prepares a scan.</summary>
    /// <param name="json">The chunk.</param>
    /// <param name="tape">Its tokens.</param>
    /// <param name="format">Where a choice keeps its text.</param>
    public TextScanner(ReadOnlySpan<byte> json, JsonTape tape, StreamFormat format)
    {
        _json = json;
        _tape = tape;
        _format = format;
        Token = JsonTapeToken.None;
    }

    /// <summary>The token of the text; -1 where there is none, or only an empty one.</summary>
    public int Token { get; private set; }

    /// <summary>Looks in a choice.</summary>
    /// <param name="choice">Its token.</param>
    /// <param name="isAnswer">Whether it is the one whose text is read; of others it is only checked.</param>
    /// <exception cref="JsonException">It has something else where its text should be.</exception>
    public void Scan(int choice, bool isAnswer) => Scan(choice, _format.Text, isAnswer);

    /// <summary>Looks along other ways.</summary>
    public void Scan(int choice, byte[][][] paths, bool isAnswer)
    {
        Token = isAnswer ? JsonTapeToken.None : Token;
        foreach (var path in paths)
        {
            var text = Find(choice, path, 0, isAnswer);
            if (isAnswer && Token == JsonTapeToken.None)
            {
                Token = text;
            }
        }
    }

    private readonly int Find(int value, byte[][] path, int depth, bool isAnswer)
    {
        if (depth == path.Length)
        {
            return Text(value, isAnswer);
        }

        var found = JsonTapeToken.None;
        if (_tape[value].Type == JsonTokenType.StartArray && JsonPath.IsPosition(path[depth]))
        {
            return JsonPath.Item(value, path[depth], _tape) is { } item ? Find(item, path, depth + 1, isAnswer) : found;
        }

        if (_tape.Require(value, JsonTokenType.StartObject, _json))
        {
            for (var name = value + 1; _tape[name].Type == JsonTokenType.PropertyName; name = _tape.After(name + 1))
            {
                if (_tape.NameIs(name, _json, path[depth]))
                {
                    found = Find(name + 1, path, depth + 1, isAnswer);
                }
            }
        }

        return found;
    }

    private readonly int Text(int value, bool isAnswer)
    {
        ref var token = ref _tape[value];
        switch (token.Type)
        {
            case JsonTokenType.String when token.Length == 0:
                // If a text came here, it would be the one to take.
                token.IsPinned |= isAnswer;
                return JsonTapeToken.None;
            // Newtonsoft.Json takes a number, true and false for the text that they are written as.
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return value;
            default:
                _tape.Require(value, JsonTokenType.String, _json);
                return JsonTapeToken.None;
        }
    }
}
