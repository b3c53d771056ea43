using TogetherAI.LocalServer.Code;

namespace TogetherAI.LocalServer.Endpoints.CodeInterpreter;

/// <summary>The variables and files that runs of code share. Runs follow one another.</summary>
internal sealed class CodeSession(string id, DateTimeOffset start, TimeSpan lifetime)
{
    // Of all files together.
    private const int MaxFileCharacters = 10_000_000;

    private readonly DateTimeOffset _start = start;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private int _runs;

    public string Id => id;

    public DateTimeOffset LastRun { get; private set; } = start;

    public CodeInterpreterSession Facts => new() { Id = id, StartedAt = _start, LastRunAt = LastRun, ExpiresAt = LastRun + lifetime, RunCount = _runs };

    /// <summary>Runs statements, and says what they have written; an exception of the code is written, too.</summary>
    public IReadOnlyList<CodeInterpreterOutput> Run(IReadOnlyList<Action<CodeRun>> statements, IReadOnlyDictionary<string, string> files, DateTimeOffset now)
    {
        lock (_gate)
        {
            LastRun = now;
            _runs++;
            var run = new CodeRun(_variables, _files);
            try
            {
                Add(files);
                foreach (var statement in statements)
                {
                    statement(run);
                }

                return Outputs(run, run.Result is { } result ? Output(CodeInterpreterOutputType.ExecuteResult, new Newtonsoft.Json.Linq.JObject { ["text/plain"] = CodeValue.Representation(result) }) : null);
            }
            catch (CodeErrorException error)
            {
                return Outputs(run, Output(CodeInterpreterOutputType.Error, error.Message));
            }
        }
    }

    private void Add(IReadOnlyDictionary<string, string> files)
    {
        foreach (var (name, content) in files)
        {
            _files[name] = content;
        }

        if (_files.Sum(static file => (long)file.Value.Length) > MaxFileCharacters)
        {
            _files.Clear();
            throw CodeErrorException.TooLarge();
        }
    }

    private static CodeInterpreterOutput[] Outputs(CodeRun run, CodeInterpreterOutput? last)
    {
        var printed = run.Output.Length > 0 ? Output(CodeInterpreterOutputType.StandardOutput, run.Output) : null;
        return [.. new[] { printed, last }.OfType<CodeInterpreterOutput>()];
    }

    private static CodeInterpreterOutput Output(CodeInterpreterOutputType type, Newtonsoft.Json.Linq.JToken data) => new() { Type = type, Data = data };
}
