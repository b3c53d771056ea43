using System.Globalization;
using System.Numerics;

namespace TogetherAI.LocalServer.Code;

/// <summary>An expression that is evaluated in a run.</summary>
internal delegate object? CodeExpression(CodeRun run);

/// <summary>
/// Makes statements of code. All of it is read before any of it runs. What stands side by side is evaluated in a loop, and what
/// stands inside of each other is bounded, so that no code is too deep.
/// </summary>
internal sealed partial class CodeParser
{
    private static readonly string[] Keywords =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
        "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ];

    private readonly IReadOnlyList<CodeToken> _tokens;
    private int _position;

    private CodeParser(IReadOnlyList<CodeToken> tokens) => _tokens = tokens;

    private CodeToken Current => _tokens[_position];

    /// <exception cref="CodeRefusedException">There is something that this server cannot run.</exception>
    public static IReadOnlyList<Action<CodeRun>> Parse(string code)
    {
        var parser = new CodeParser(CodeLexer.Read(code));
        var statements = new List<Action<CodeRun>>();
        while (parser.Current.Kind != CodeTokenKind.End)
        {
            if (!parser.SkipNewLine())
            {
                statements.Add(parser.Statement());
                parser.RequireNewLine();
            }
        }

        return statements;
    }

    private Action<CodeRun> Statement()
    {
        if (Skip("pass"))
        {
            return static run => run.Result = null;
        }

        var (target, line, next) = (Current, Current.Line, _position + 1);
        var first = Expression();
        var isName = target.Kind == CodeTokenKind.Name && _position == next && !Keywords.Contains(target.Text);
        if (Skip("="))
        {
            return isName ? Assignment(target.Text, Expression()) : throw new CodeRefusedException(line, "only a variable can be assigned.");
        }

        if (Current.Kind == CodeTokenKind.Operator && Current.Text.Length > 1 && Current.Text[^1] == '=' && Current.Text is not ("==" or "!=" or "<=" or ">="))
        {
            var operation = Next().Text[..^1];
            var value = Expression();
            return isName ? Assignment(target.Text, run => Apply(run, operation, first(run), value(run))) : throw new CodeRefusedException(line, "only a variable can be assigned.");
        }

        return run => run.Result = first(run);
    }

    private static Action<CodeRun> Assignment(string name, CodeExpression value) => run =>
    {
        run.Assign(name, value(run));
        run.Result = null;
    };

    private static object? Apply(CodeRun run, string operation, object? left, object? right)
    {
        var result = CodeValue.Bounded(CodeOperators.Apply(operation, left, right));
        run.Charge(CodeValue.SizeOf(result));
        return result;
    }

    private CodeToken Next() => _tokens[_position++];

    private bool Skip(string text)
    {
        var isNext = Current.Is(text);
        _position += isNext ? 1 : 0;
        return isNext;
    }

    private bool SkipNewLine()
    {
        var isNext = Current.Kind == CodeTokenKind.NewLine;
        _position += isNext ? 1 : 0;
        return isNext;
    }

    private void Require(string text)
    {
        if (!Skip(text))
        {
            throw new CodeRefusedException(Current.Line, $"'{text}' is expected, not {Current}.");
        }
    }

    private void RequireNewLine()
    {
        if (!SkipNewLine())
        {
            throw new CodeRefusedException(Current.Line, $"{Current} is not supported here.");
        }
    }

    private static CodeExpression Constant(object? value) => _ => value;

    private static CodeExpression Number(CodeToken token)
    {
        if (token.Text.Length < 4300 && token.Text.All(char.IsAsciiDigit))
        {
            return Constant(BigInteger.Parse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return double.TryParse(token.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? Constant(number)
            : throw new CodeRefusedException(token.Line, $"the number '{(token.Text.Length > 40 ? token.Text[..40] + "…" : token.Text)}' is not supported.");
    }
}
