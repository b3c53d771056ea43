using System.CommandLine;

namespace TogetherAI.Soak;

/// <summary>Puts the client under load against a server that fails on purpose, and says whether anything was lost.</summary>
internal static class Program
{
    private const int MostSeconds = 24 * 60 * 60;
    private const int MostStreams = 5_000;

    private static Task<int> Main(string[] arguments)
    {
        var seconds = Bounded(new Option<int>("--seconds") { Description = "Length of the load.", DefaultValueFactory = _ => 60 }, MostSeconds);
        var streams = Bounded(new Option<int>("--streams") { Description = "Streams at once.", DefaultValueFactory = _ => 1000 }, MostStreams);
        var seed = new Option<int>("--seed") { Description = "Where the sequence of calls and faults begins.", DefaultValueFactory = _ => 1 };

        var root = new RootCommand("Runs the client against a faulty local server, and checks that every stream ended as it should.") { seconds, streams, seed };
        root.SetAction((command, cancellationToken) => SoakRun.RunAsync(
            TimeSpan.FromSeconds(command.GetValue(seconds)), command.GetValue(streams), command.GetValue(seed), cancellationToken));

        var server = new Command(ServerProcess.Command, "Runs the server of a soak run.") { seed };
        server.Hidden = true;
        server.SetAction((command, _) => SoakServer.RunAsync(command.GetValue(seed)));
        root.Add(server);
        return root.Parse(arguments).InvokeAsync();
    }

    private static Option<int> Bounded(Option<int> option, int most)
    {
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && (result.GetValueOrDefault<int>() is var value) && (value < 1 || value > most))
            {
                result.AddError($"{option.Name} needs a number from 1 to {most}.");
            }
        });
        return option;
    }
}
