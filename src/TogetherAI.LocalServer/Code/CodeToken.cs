namespace TogetherAI.LocalServer.Code;

/// <summary>The kinds of tokens.</summary>
internal enum CodeTokenKind
{
    Number,
    Text,
    Name,
    Operator,
    NewLine,
    Indentation,
    End,
}

/// <summary>A token of code.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of a string, its value.</param>
/// <param name="Line">Where it begins.</param>
internal readonly record struct CodeToken(CodeTokenKind Kind, string Text, int Line)
{
    public bool Is(string text) => Kind is CodeTokenKind.Operator or CodeTokenKind.Name && Text == text;

    public override string ToString() => Kind switch
    {
        CodeTokenKind.NewLine => "the end of the line",
        CodeTokenKind.Indentation => "an indented block",
        CodeTokenKind.End => "the end of the code",
        _ => $"'{Text}'",
    };
}
