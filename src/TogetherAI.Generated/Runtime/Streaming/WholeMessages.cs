using System.Text.Json;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Streaming;

/// <summary>
/// Reads what a server sends in place of the pieces as if it were one of them: a whole message, or a text beside them. Of each
/// field counts what came first: a message that follows its pieces says nothing new, nor does a text beside pieces with a text.
/// </summary>
/// <remarks>
/// Invariant: of each choice it knows every field that a piece had with a value, and whether the server itself sent a piece with
/// a text.
/// </remarks>
internal sealed class WholeMessages
{
    // Bounds for a hostile server.
    private const int MaxChoices = 1024;
    private const int MaxFields = 64;

    private readonly StreamFormat _format;
    private readonly Dictionary<int, Choice> _choices = [];

    private WholeMessages(StreamFormat format) => _format = format;

    private byte[] PieceName => _format.Pieces![0];

    private byte[] TextName => _format.Pieces![1];

    /// <summary>Null where the document knows no such messages.</summary>
    public static WholeMessages? For(StreamFormat format) => format.Pieces is null || format.Choices.Length == 0 ? null : new WholeMessages(format);

    /// <summary>Writes what the messages of a chunk say, and the texts beside its pieces, anew as pieces into their choices.</summary>
    /// <returns>The chunk with them; null where it has none.</returns>
    /// <exception cref="JsonException">A message cannot be read, or has another text than the one before.</exception>
    public byte[]? WithPieces(ReadOnlySpan<byte> json, JsonTape tape)
    {
        if (tape.Find(0, json, _format.Choices) is not { } choices || tape[choices].Type != JsonTokenType.StartArray)
        {
            return null;
        }

        List<byte>? written = null;
        var start = 0;
        var position = 0;
        for (var choice = choices + 1; tape[choice].Type != JsonTokenType.EndArray; choice = tape.After(choice))
        {
            var index = _format.IndexOf(choice, position++, tape, json);
            if (tape[choice].Type == JsonTokenType.StartObject && NewPiece(choice, index, json, tape) is { } piece)
            {
                // At the end of the choice: of a name that comes twice, the last one counts.
                var end = tape[tape.After(choice) - 1].Start;
                written ??= [];
                written.AddRange(json.Slice(start, end - start).ToArray());
                written.AddRange(piece);
                start = end;
            }
        }

        written?.AddRange(json.Slice(start).ToArray());
        return written?.ToArray();
    }

    /// <summary>Remembers which fields the piece of a choice has.</summary>
    public void PiecesSeen(int choice, int index, ReadOnlySpan<byte> json, JsonTape tape)
    {
        if (tape.Find(choice, json, PieceName) is not { } piece || tape[piece].Type != JsonTokenType.StartObject || Known(index) is not { } known)
        {
            return;
        }

        for (var name = piece + 1; tape[name].Type == JsonTokenType.PropertyName; name = tape.After(name + 1))
        {
            if (!tape.HasValue(name + 1))
            {
                // A value that comes here later must be seen.
                tape[name + 1].IsPinned = true;
            }
            else if (!known.Has(name, json, tape) && known.Fields.Count < MaxFields)
            {
                known.Fields.Add(tape.Bytes(name, json).ToArray());
            }
        }
    }

    private List<byte>? NewPiece(int choice, int index, ReadOnlySpan<byte> json, JsonTape tape)
        => (tape.Find(choice, json, _format.Whole) is { } message && tape.HasValue(message) ? PieceOfMessage(choice, message, index, json, tape) : null)
            ?? (_format.Besides.Length > 0 ? PieceOfText(choice, index, json, tape) : null);

    private List<byte>? PieceOfText(int choice, int index, ReadOnlySpan<byte> json, JsonTape tape)
    {
        var piece = tape.Find(choice, json, PieceName);
        var isOfPiece = piece is { } given && tape[given].Type == JsonTokenType.StartObject;
        if (Known(index) is not { } known)
        {
            return null;
        }

        known.HasOwnText |= isOfPiece && tape.Find(piece!.Value, json, TextName) is { } own && tape.HasValue(own);
        foreach (var field in _format.Besides)
        {
            if (known.HasOwnText || tape.Find(choice, json, field) is not { } text)
            {
                continue;
            }

            if (tape[text].Type == JsonTokenType.String && tape.HasValue(text) && !(isOfPiece && HasText(piece!.Value, tape.Raw(text, json), json, tape)))
            {
                List<byte> fields = [(byte)',', (byte)'"', .. TextName, (byte)'"', (byte)':', .. tape.Raw(text, json)];
                return Written(isOfPiece && tape.HasValue(piece!.Value) ? tape.Raw(piece.Value, json) : default, fields);
            }

            // Another text that comes here later must be seen.
            tape[text].IsPinned = true;
        }

        return null;
    }

    // Some servers repeat beside a piece what it says in another field than its text, such as what the model thinks.
    private static bool HasText(int piece, ReadOnlySpan<byte> text, ReadOnlySpan<byte> json, JsonTape tape)
    {
        for (var name = piece + 1; tape[name].Type == JsonTokenType.PropertyName; name = tape.After(name + 1))
        {
            if (tape.Raw(name + 1, json).SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }

    private List<byte>? PieceOfMessage(int choice, int message, int index, ReadOnlySpan<byte> json, JsonTape tape)
    {
        var piece = tape.Find(choice, json, PieceName);
        if (Known(index) is not { } known)
        {
            return null;
        }

        if (tape[message].Type != JsonTokenType.StartObject)
        {
            return piece is null && known.Fields.Count == 0 ? throw new JsonException($"The value at '{tape.PathTo(message, json)}' is not an object.") : null;
        }

        var isOfPiece = piece is { } given && tape[given].Type == JsonTokenType.StartObject;
        var fields = new List<byte>();
        for (var name = message + 1; tape[name].Type == JsonTokenType.PropertyName; name = tape.After(name + 1))
        {
            if (!tape.HasValue(name + 1) || (isOfPiece && tape.Find(piece!.Value, json, tape.Bytes(name, json)) is { } same && tape.HasValue(same)))
            {
                continue;
            }

            if (tape.NameIs(name, json, TextName))
            {
                known.RequireSameMessage(tape.Raw(name + 1, json));
            }

            if (!known.Has(name, json, tape))
            {
                fields.Add((byte)',');
                fields.AddRange(tape.RawField(name, json).ToArray());
            }
        }

        return fields.Count == 0 ? null : Written(isOfPiece && tape.HasValue(piece!.Value) ? tape.Raw(piece.Value, json) : default, fields);
    }

    private List<byte> Written(ReadOnlySpan<byte> piece, List<byte> fields)
    {
        var written = new List<byte>();
        written.AddRange(",\""u8.ToArray());
        written.AddRange(PieceName);
        written.AddRange("\":{"u8.ToArray());
        if (!piece.IsEmpty)
        {
            written.AddRange(piece.Slice(1, piece.Length - 2).ToArray());
        }

        written.AddRange(piece.IsEmpty ? fields.Skip(1) : fields);
        written.Add((byte)'}');
        return written;
    }

    private Choice? Known(int index)
    {
        if (!_choices.TryGetValue(index, out var choice) && _choices.Count < MaxChoices)
        {
            _choices[index] = choice = new Choice();
        }

        return choice;
    }

    private sealed class Choice
    {
        private byte[]? _messageText;

        public List<byte[]> Fields { get; } = [];

        /// <summary>Whether the server itself sent a piece with a text.</summary>
        public bool HasOwnText { get; set; }

        public bool Has(int name, ReadOnlySpan<byte> json, JsonTape tape)
        {
            foreach (var field in Fields)
            {
                if (tape.NameIs(name, json, field))
                {
                    return true;
                }
            }

            return false;
        }

        // Where the text came in pieces, a message may well write it in another way. Two messages that differ are no whole ones.
        public void RequireSameMessage(ReadOnlySpan<byte> text)
        {
            if (_messageText is not null && !text.SequenceEqual(_messageText))
            {
                throw new JsonException("The choice already had a whole message with another text.");
            }

            _messageText ??= text.ToArray();
        }
    }
}
