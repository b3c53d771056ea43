using System.Globalization;
using System.Text;

namespace TogetherAI.LocalServer.Code;

/// <summary>Takes code apart into tokens. Inside brackets, lines do not end.</summary>
internal sealed class CodeLexer(string code)
{
    private static readonly string[] Operators = ["**=", "//=", "**", "//", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "+", "-", "*", "/", "%", "<", ">", "=", "(", ")", "[", "]", ",", ".", ":"];

    private readonly List<CodeToken> _tokens = [];
    private int _position;
    private int _line = 1;
    private int _brackets;

    /// <exception cref="CodeRefusedException">There is something that is no token.</exception>
    public static IReadOnlyList<CodeToken> Read(string code) => new CodeLexer(code).Read();

    private IReadOnlyList<CodeToken> Read()
    {
        var isLineStart = true;
        while (_position < code.Length)
        {
            var character = code[_position];
            if (character is ' ' or '\t' or '\r')
            {
                ReadBlank(isLineStart);
                isLineStart = false;
                continue;
            }

            isLineStart = character is '\n' && _brackets == 0;
            ReadToken(character);
        }

        Add(CodeTokenKind.NewLine, "");
        Add(CodeTokenKind.End, "");
        return _tokens;
    }

    // A blank line or a comment may begin anywhere.
    private void ReadBlank(bool isLineStart)
    {
        var rest = code.AsSpan(_position).TrimStart(" \t\r");
        _position = code.Length - rest.Length;
        if (isLineStart && rest.Length > 0 && rest[0] is not ('\n' or '#'))
        {
            Add(CodeTokenKind.Indentation, "");
        }
    }

    private void ReadToken(char character)
    {
        if (character == '\n')
        {
            ReadNewLine();
        }
        else if (character == ';')
        {
            Add(CodeTokenKind.NewLine, "");
            _position++;
        }
        else if (character == '#')
        {
            _position = code.IndexOf('\n', _position) is >= 0 and var end ? end : code.Length;
        }
        else if (character is '\'' or '"')
        {
            ReadText(character);
        }
        else if (char.IsAsciiDigit(character) || (character == '.' && _position + 1 < code.Length && char.IsAsciiDigit(code[_position + 1])))
        {
            ReadNumber();
        }
        else if (char.IsLetter(character) || character == '_')
        {
            ReadName();
        }
        else
        {
            ReadOperator();
        }
    }

    private void ReadNewLine()
    {
        if (_brackets == 0)
        {
            Add(CodeTokenKind.NewLine, "");
        }

        _position++;
        _line++;
    }

    private void ReadNumber()
    {
        var start = _position;
        while (_position < code.Length && (char.IsAsciiLetterOrDigit(code[_position]) || code[_position] is '.' or '_' || IsSignOfExponent(start)))
        {
            _position++;
        }

        Add(CodeTokenKind.Number, code[start.._position].Replace("_", "", StringComparison.Ordinal));
    }

    private bool IsSignOfExponent(int start) => code[_position] is '+' or '-' && _position > start && code[_position - 1] is 'e' or 'E';

    private void ReadName()
    {
        var start = _position;
        while (_position < code.Length && (char.IsLetterOrDigit(code[_position]) || code[_position] == '_'))
        {
            _position++;
        }

        if (_position < code.Length && code[_position] is '\'' or '"')
        {
            throw new CodeRefusedException(_line, $"strings with the prefix '{code[start.._position]}' are not supported.");
        }

        Add(CodeTokenKind.Name, code[start.._position]);
    }

    private void ReadOperator()
    {
        var found = Array.Find(Operators, each => string.CompareOrdinal(code, _position, each, 0, each.Length) == 0)
            ?? throw new CodeRefusedException(_line, $"'{Rune.GetRuneAt(code, _position)}' is not supported.");
        _brackets = Math.Max(0, _brackets + (found is "(" or "[" ? 1 : found is ")" or "]" ? -1 : 0));
        Add(CodeTokenKind.Operator, found);
        _position += found.Length;
    }

    private void ReadText(char quote)
    {
        var (start, isLong) = (_line, string.CompareOrdinal(code, _position, new string(quote, 3), 0, 3) == 0);
        var end = new string(quote, isLong ? 3 : 1);
        _position += end.Length;
        var text = new StringBuilder();
        while (_position < code.Length && string.CompareOrdinal(code, _position, end, 0, end.Length) != 0)
        {
            var character = code[_position++];
            _line += character == '\n' ? 1 : 0;
            if (character == '\n' && !isLong)
            {
                break;
            }

            text.Append(character == '\\' ? ReadEscape() : character.ToString());
        }

        if (string.CompareOrdinal(code, _position, end, 0, end.Length) != 0)
        {
            throw new CodeRefusedException(start, "a string does not end.");
        }

        _position += end.Length;
        _tokens.Add(new CodeToken(CodeTokenKind.Text, text.ToString(), start));
    }

    private string ReadEscape()
    {
        var character = _position < code.Length ? code[_position++] : '\0';
        return character switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            '\\' or '\'' or '"' => character.ToString(),
            'x' => ReadCodePoint(2),
            'u' => ReadCodePoint(4),
            _ => throw new CodeRefusedException(_line, $"the escape sequence '\\{character}' is not supported."),
        };
    }

    private string ReadCodePoint(int digits)
    {
        if (_position + digits > code.Length || !int.TryParse(code.AsSpan(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value))
        {
            throw new CodeRefusedException(_line, "an escape sequence is not a character.");
        }

        _position += digits;
        return new Rune(value).ToString();
    }

    private void Add(CodeTokenKind kind, string text) => _tokens.Add(new CodeToken(kind, text, _line));
}
