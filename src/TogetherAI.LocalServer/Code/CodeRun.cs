using System.Text;

namespace TogetherAI.LocalServer.Code;

/// <summary>One run of code: its variables, its files and what it prints. Its work is bounded.</summary>
/// <param name="variables">The variables of the session.</param>
/// <param name="files">The files of the session.</param>
internal sealed class CodeRun(Dictionary<string, object?> variables, IReadOnlyDictionary<string, string> files)
{
    // A run without loops comes nowhere near it, unless it was made to.
    private const long MaxWork = 20_000_000;

    private readonly StringBuilder _output = new();
    private long _work;

    /// <summary>What was printed.</summary>
    public string Output => _output.ToString();

    /// <summary>Value of the last statement, if that is an expression.</summary>
    public object? Result { get; set; }

    public void Print(string text)
    {
        Charge(text.Length);
        _output.Append(text);
    }

    /// <summary>Counts the size of what is computed.</summary>
    public void Charge(long size)
    {
        _work += size;
        if (_work > MaxWork)
        {
            throw CodeErrorException.TooLarge();
        }
    }

    public object? Read(string name)
        => variables.TryGetValue(name, out var value) ? value : throw new CodeErrorException("NameError", $"name '{name}' is not defined");

    public void Assign(string name, object? value)
    {
        Charge(variables.Count);
        var others = variables.Sum(each => each.Key == name ? 0L : CodeValue.SizeOf(each.Value));
        if (CodeValue.SizeOf(value) + others > CodeValue.MaxSize)
        {
            throw CodeErrorException.TooLarge();
        }

        variables[name] = value;
    }

    public CodeFile Open(string name)
        => files.TryGetValue(name, out var content)
            ? new CodeFile(content)
            : throw new CodeErrorException("FileNotFoundError", $"[Errno 2] No such file or directory: {CodeValue.Representation(name)}");
}
