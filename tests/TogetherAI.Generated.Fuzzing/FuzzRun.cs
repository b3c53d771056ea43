using System.Diagnostics;
using System.Text.Json;
using TogetherAI.Fuzzing.Coverage;
using TogetherAI.Fuzzing.Inputs;
using TogetherAI.Fuzzing.Targets;

namespace TogetherAI.Fuzzing;

/// <summary>One run: executes inputs, keeps those that reach new code, and makes others of them.</summary>
internal sealed class FuzzRun
{
    private const int MaxFindings = 10;
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(30);

    private readonly FuzzSettings _settings;
    private readonly FuzzTarget _target;
    private readonly Corpus _corpus;
    private readonly HashSet<string> _findings = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Watchdog _watchdog;
    private FuzzInput? _current;
    private long _executions;

    private FuzzRun(FuzzSettings settings)
    {
        _settings = settings;
        _target = settings.Target switch
        {
            "read" => new ReadTarget(),
            "write" => new WriteTarget(),
            _ => new StreamTarget(),
        };
        _corpus = new Corpus(settings.Corpus);
        _watchdog = new Watchdog(() => Report(_current!, "The input takes too long."));
    }

    private bool IsOver => _clock.Elapsed.TotalSeconds >= _settings.Seconds || _executions >= _settings.Executions || _findings.Count >= MaxFindings;

    /// <summary>Begins a run.</summary>
    /// <param name="settings">Its settings as JSON, because another copy of this program has written them.</param>
    /// <returns>The exit code.</returns>
    public static int Start(string settings)
    {
        // An assertion of the client that does not hold is a fault like any other.
        Trace.Listeners.Clear();
        Trace.Listeners.Add(new ThrowingListener());
        return new FuzzRun(JsonSerializer.Deserialize<FuzzSettings>(settings)!).Run();
    }

    private int Run()
    {
        if (_settings.Replay is { } file)
        {
            _target.Check(FuzzInput.OfFile(File.ReadAllBytes(file)));
            Console.WriteLine("The input shows no fault.");
            return 0;
        }

        foreach (var input in _target.Seeds().Concat(_corpus.Kept()).TakeWhile(_ => !IsOver))
        {
            Execute(input);
        }

        Console.WriteLine(Progress());
        Mutate();
        Console.WriteLine(Progress());
        return _findings.Count > 0 ? 1 : 0;
    }

    private void Mutate()
    {
        var random = new Random(_settings.Seed);
        var mutator = new Mutator(random, _target.Words);
        for (var nextReport = ReportInterval; !IsOver;)
        {
            var input = _corpus.Choose(random);
            Execute(new FuzzInput(_target.Mutate(input.Header, random), mutator.Mutate(input.Body, _corpus.Choose(random).Body)));
            if (_clock.Elapsed > nextReport)
            {
                nextReport += ReportInterval;
                Console.WriteLine(Progress());
            }
        }
    }

    private void Execute(FuzzInput input)
    {
        CoverageMap.Clear();
        var fault = FaultOf(input);
        var isNew = CoverageMap.TakeNew();
        if (fault is not null)
        {
            var kind = FaultException.KindOf(fault);
            if (_findings.Add(kind))
            {
                var minimal = Minimizer.Minimize(input, shorter => FaultOf(shorter) is { } same && FaultException.KindOf(same) == kind);
                Report(minimal, FaultOf(minimal)!.ToString());
            }
        }
        else if (isNew)
        {
            _corpus.Add(input);
        }
    }

    private Exception? FaultOf(FuzzInput input)
    {
        _executions++;
        _current = input;
        _watchdog.Restart();
        try
        {
            _target.Check(input);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private void Report(FuzzInput input, string what)
    {
        var content = input.ToFile();
        Directory.CreateDirectory(_settings.Findings);
        var file = Path.Combine(_settings.Findings, $"{_settings.Target}-{Corpus.NameOf(content)}");
        File.WriteAllBytes(file, content);
        Console.WriteLine($"""
            FAULT {what}
              Input: {input.Header} {JsonSerializer.Serialize(System.Text.Encoding.UTF8.GetString(input.Body))}
              Again: dotnet run --project tests/TogetherAI.Generated.Fuzzing -- {_settings.Target} --replay {file}
            """);
    }

    private string Progress() => FormattableString.Invariant(
        $"{_clock.Elapsed.TotalSeconds,6:F0} s {_executions,10} executions {_corpus.Count,6} inputs {CoverageMap.BlocksReached,7} blocks {_findings.Count,3} faults");

    private sealed class ThrowingListener : TraceListener
    {
        public override void Write(string? message)
        {
        }

        public override void WriteLine(string? message)
        {
        }

        public override void Fail(string? message, string? detailMessage) => throw new FaultException("An assertion does not hold.", $"{message} {detailMessage}");
    }
}
