using System.Text;
using System.Text.Json;

namespace TogetherAI.Cli.Output;

/// <summary>Lays JSON out on lines; the texts and numbers in it stay as they are written.</summary>
internal ref struct IndentedJson(ReadOnlySpan<byte> utf8, int maxDepth)
{
    private readonly StringBuilder _text = new();
    private Utf8JsonReader _reader = new(utf8, new JsonReaderOptions { MaxDepth = maxDepth });

    /// <summary>The JSON with two spaces for each level.</summary>
    public override string ToString()
    {
        var before = JsonTokenType.None;
        while (_reader.Read())
        {
            var isEnd = _reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            var isFirst = before is JsonTokenType.StartObject or JsonTokenType.StartArray;
            // What is empty stays on its line, and a value on that of its name.
            if (before is not (JsonTokenType.None or JsonTokenType.PropertyName) && !(isEnd && isFirst))
            {
                _text.Append(isEnd || isFirst ? "\n" : ",\n").Append(' ', 2 * _reader.CurrentDepth);
            }

            AppendToken();
            before = _reader.TokenType;
        }

        return _text.ToString();
    }

    private readonly void AppendToken()
    {
        var raw = Encoding.UTF8.GetString(_reader.ValueSpan);
        _text.Append(_reader.TokenType switch
        {
            JsonTokenType.PropertyName => $"\"{raw}\": ",
            JsonTokenType.String => $"\"{raw}\"",
            _ => raw,
        });
    }
}
