using System.CommandLine;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>A command whose request is the id of something.</summary>
internal static class IdCommand
{
    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="what">What the id is of, such as "the file".</param>
    /// <param name="run">Sends the request for the id and prints the response.</param>
    /// <param name="terminal">Where it writes.</param>
    public static ApiCommand<object> Create(string name, string description, string what, Func<ApiCall<object>, string, CancellationToken, Task> run, Terminal terminal)
    {
        var id = new Argument<string>("id") { Description = $"ID of {what}." };
        return new ApiCommand<object>(name, description, [id], new HashSet<string>(), terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = (call, cancellationToken) => run(call, call.Command.GetRequiredValue(id), cancellationToken),
        };
    }
}
