using System.CommandLine;
using TogetherAI.Fuzzing.Coverage;

namespace TogetherAI.Fuzzing;

/// <summary>Feeds the client inputs that lead it to new code, and says where it disagrees with itself or with an oracle.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var target = new Argument<string>("target") { Description = "What is fed: read (both JSON readers), write (the JSON writers) or stream (the event reader)." };
        target.AcceptOnlyFromAmong("read", "write", "stream");
        var seconds = new Option<int>("--seconds") { Description = "Length of the run.", DefaultValueFactory = _ => 60 };
        var executions = new Option<long>("--executions") { Description = "Number of inputs after which the run ends; 0 for no limit. Unlike a length of time it always gives the same run.", DefaultValueFactory = _ => 0 };
        var seed = new Option<int>("--seed") { Description = "Where the sequence of inputs begins.", DefaultValueFactory = _ => 1 };
        var corpus = new Option<string?>("--corpus") { Description = "Folder of inputs to begin with, which receives those that reach new code." };
        var findings = new Option<string>("--findings") { Description = "Folder for inputs that show a fault.", DefaultValueFactory = _ => Path.Combine("artifacts", "fuzzing") };
        var replay = new Option<string?>("--replay") { Description = "File with an input that is run alone." };
        var root = new RootCommand("Feeds the client inputs that lead it to new code. The exit code is 1 if one of them shows a fault.") { target, seconds, executions, seed, corpus, findings, replay };
        root.SetAction(command => InstrumentedContext.Invoke(FuzzRun.Start, JsonOf(new FuzzSettings(
            command.GetRequiredValue(target),
            command.GetValue(executions) > 0 ? int.MaxValue : command.GetValue(seconds),
            command.GetValue(executions) > 0 ? command.GetValue(executions) : long.MaxValue,
            command.GetValue(seed),
            command.GetValue(corpus),
            command.GetRequiredValue(findings),
            command.GetValue(replay)))));
        return root.Parse(arguments).Invoke();
    }

    private static string JsonOf(FuzzSettings settings) => System.Text.Json.JsonSerializer.Serialize(settings);
}
