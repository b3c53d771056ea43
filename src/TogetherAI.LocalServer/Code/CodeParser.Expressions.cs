namespace TogetherAI.LocalServer.Code;

// Expressions, from the operators that bind least to those that bind most.
internal sealed partial class CodeParser
{
    private const int MaxDepth = 60;

    private static readonly string[] Sums = ["+", "-"];
    private static readonly string[] Products = ["*", "/", "//", "%"];
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">=", "in"];

    private int _depth;

    private CodeExpression Expression() => Nested(Conditional);

    private CodeExpression Nested(Func<CodeExpression> parse)
    {
        if (++_depth > MaxDepth)
        {
            throw new CodeRefusedException(Current.Line, "the expression is nested too deeply.");
        }

        var expression = parse();
        _depth--;
        return expression;
    }

    private CodeExpression Conditional()
    {
        var value = Any();
        if (!Skip("if"))
        {
            return value;
        }

        var condition = Any();
        Require("else");
        var otherwise = Expression();
        return run => CodeValue.IsTrue(condition(run)) ? value(run) : otherwise(run);
    }

    private CodeExpression Any() => Choice("or", All, isWanted: true);

    private CodeExpression All() => Choice("and", Not, isWanted: false);

    // The first value that decides, or the last.
    private CodeExpression Choice(string name, Func<CodeExpression> operand, bool isWanted)
    {
        List<CodeExpression> operands = [operand()];
        while (Skip(name))
        {
            operands.Add(operand());
        }

        return operands.Count == 1 ? operands[0] : run =>
        {
            object? value = null;
            foreach (var each in operands)
            {
                value = each(run);
                if (CodeValue.IsTrue(value) == isWanted)
                {
                    break;
                }
            }

            return value;
        };
    }

    private CodeExpression Not()
    {
        if (!Skip("not"))
        {
            return Comparison();
        }

        var value = Nested(Not);
        return run => !CodeValue.IsTrue(value(run));
    }

    private CodeExpression Comparison()
    {
        var first = Sum();
        var rest = new List<(string Name, CodeExpression Operand)>();
        while (ComparisonName() is { } name)
        {
            rest.Add((name, Sum()));
        }

        return rest.Count == 0 ? first : run =>
        {
            var left = first(run);
            foreach (var (name, operand) in rest)
            {
                var right = operand(run);
                run.Charge((long)CodeValue.SizeOf(left) + CodeValue.SizeOf(right));
                if (!CodeOperators.Compare(name, left, right))
                {
                    return false;
                }

                left = right;
            }

            return true;
        };
    }

    private string? ComparisonName()
    {
        if (Current.Is("not") && _tokens[_position + 1].Is("in"))
        {
            _position += 2;
            return "not in";
        }

        return Array.Exists(Comparisons, Current.Is) ? Next().Text : null;
    }

    private CodeExpression Sum() => LeftToRight(Sums, Product);

    private CodeExpression Product() => LeftToRight(Products, Signed);

    private CodeExpression LeftToRight(string[] names, Func<CodeExpression> operand)
    {
        var first = operand();
        var rest = new List<(string Name, CodeExpression Operand)>();
        while (Array.Exists(names, Current.Is))
        {
            rest.Add((Next().Text, operand()));
        }

        return rest.Count == 0 ? first : run =>
        {
            var value = first(run);
            foreach (var (name, right) in rest)
            {
                value = Apply(run, name, value, right(run));
            }

            return value;
        };
    }

    private CodeExpression Signed()
    {
        if (Skip("-"))
        {
            var value = Nested(Signed);
            return run => CodeOperators.Negate(value(run));
        }

        if (Skip("+"))
        {
            var value = Nested(Signed);
            return run => CodeOperators.Negate(CodeOperators.Negate(value(run)));
        }

        return Power();
    }

    private CodeExpression Power()
    {
        var value = Postfix();
        if (!Skip("**"))
        {
            return value;
        }

        var exponent = Nested(Signed);
        return run => Apply(run, "**", value(run), exponent(run));
    }

    private CodeExpression Postfix()
    {
        var first = Primary();
        var rest = new List<Func<CodeRun, object?, object?>>();
        while (true)
        {
            if (Skip("["))
            {
                var index = Expression();
                Require("]");
                rest.Add((run, value) => CodeOperators.Item(value, index(run)));
            }
            else if (Skip("."))
            {
                rest.Add(Method());
            }
            else
            {
                return rest.Count == 0 ? first : run => rest.Aggregate(first(run), (value, apply) => apply(run, value));
            }
        }
    }

    private Func<CodeRun, object?, object?> Method()
    {
        var name = Next();
        if (!CodeFunctions.IsMethod(name.Text) || !Current.Is("("))
        {
            throw new CodeRefusedException(name.Line, $"the attribute {name} is not supported.");
        }

        var arguments = Arguments("(", ")");
        return (run, value) =>
        {
            var values = Evaluate(run, arguments);
            run.Charge(CodeValue.SizeOf(value));
            var result = CodeFunctions.CallMethod(name.Text, value, values);
            run.Charge(CodeValue.SizeOf(result));
            return result;
        };
    }

    private CodeExpression Primary()
    {
        var token = Next();
        return token switch
        {
            { Kind: CodeTokenKind.Number } => Number(token),
            { Kind: CodeTokenKind.Text } => Texts(token),
            { Kind: CodeTokenKind.Name } => Named(token),
            _ when token.Is("(") => Bracketed(),
            _ when token.Is("[") => List(),
            _ => throw new CodeRefusedException(token.Line, $"{token} is not supported here."),
        };
    }

    // Strings side by side are one.
    private CodeExpression Texts(CodeToken token)
    {
        List<string> texts = [token.Text];
        while (Current.Kind == CodeTokenKind.Text)
        {
            texts.Add(Next().Text);
        }

        return Constant(string.Concat(texts));
    }

    private CodeExpression Bracketed()
    {
        var value = Expression();
        Require(")");
        return value;
    }

    private CodeExpression List()
    {
        _position--;
        var items = Arguments("[", "]");
        return run =>
        {
            var list = new CodeList(Evaluate(run, items));
            run.Charge(list.Size);
            return list;
        };
    }

    private CodeExpression Named(CodeToken token)
    {
        if (token.Text is "True" or "False")
        {
            return Constant(token.Text == "True");
        }

        if (token.Text == "None")
        {
            return Constant(null);
        }

        if (Keywords.Contains(token.Text))
        {
            throw new CodeRefusedException(token.Line, $"{token} is not supported.");
        }

        return Current.Is("(") ? Call(token) : run => run.Read(token.Text);
    }

    private CodeExpression Call(CodeToken name)
    {
        if (name.Text == "print")
        {
            return Print();
        }

        if (name.Text != "open" && !CodeFunctions.IsFunction(name.Text))
        {
            throw new CodeRefusedException(name.Line, $"the function {name} is not supported.");
        }

        var arguments = Arguments("(", ")");
        return run =>
        {
            var values = Evaluate(run, arguments);
            var result = name.Text == "open" ? Open(run, values) : CodeFunctions.Call(name.Text, values);
            run.Charge(CodeValue.SizeOf(result));
            return result;
        };
    }

    private static CodeFile Open(CodeRun run, IReadOnlyList<object?> values)
        => values.Count == 1 || (values.Count == 2 && values[1] is "r")
            ? run.Open(CodeFunctions.Text(values[0]))
            : throw CodeErrorException.Value("this local server opens files for reading only");

    private CodeExpression Print()
    {
        var options = new Dictionary<string, CodeExpression>();
        var arguments = Arguments("(", ")", options);
        return run =>
        {
            var texts = Evaluate(run, arguments).Select(CodeValue.Text);
            var (separator, end) = (Option(run, "sep", " "), Option(run, "end", "\n"));
            run.Charge((long)arguments.Count * separator.Length);
            run.Print(string.Join(separator, texts) + end);
            return null;
        };

        string Option(CodeRun run, string name, string otherwise)
            => options.TryGetValue(name, out var value) && value(run) is { } given ? CodeFunctions.Text(given) : otherwise;
    }

    private List<CodeExpression> Arguments(string open, string close, Dictionary<string, CodeExpression>? options = null)
    {
        Require(open);
        var arguments = new List<CodeExpression>();
        while (!Skip(close))
        {
            if (options is not null && Current is { Text: "sep" or "end", Kind: CodeTokenKind.Name } && _tokens[_position + 1].Is("="))
            {
                var name = Next().Text;
                _position++;
                options[name] = Expression();
            }
            else
            {
                arguments.Add(Expression());
            }

            if (!Current.Is(close))
            {
                Require(",");
            }
        }

        return arguments;
    }

    private static List<object?> Evaluate(CodeRun run, List<CodeExpression> expressions)
    {
        var values = expressions.ConvertAll(expression => expression(run));
        run.Charge(values.Sum(static value => (long)CodeValue.SizeOf(value)));
        return values;
    }
}
