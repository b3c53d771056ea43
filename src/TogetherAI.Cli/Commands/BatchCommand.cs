using System.CommandLine;
using System.Globalization;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>Batches: runs a file of requests, and shows, cancels and lists batches.</summary>
internal static class BatchCommand
{
    private static readonly string[] Columns = ["id", "status", "progress", "created", "output", "errors"];

    public static Command Create(Terminal terminal) => new("batch", "Many requests in one file, as a batch or as ordinary calls.")
    {
        BatchRunCommand.Create(terminal),
        One("status", "Prints what is known of a batch.", (call, id, cancellationToken) => call.Client.Batches.RetrieveAsync(id, call.Options, cancellationToken), terminal),
        One("cancel", "Cancels a batch.", (call, id, cancellationToken) => call.Client.Batches.CancelAsync(id, call.Options, cancellationToken), terminal),
        List(terminal),
    };

    private static ApiCommand<object> List(Terminal terminal) => new(
        "list", "Lists the batches: a table at a terminal, lines separated by tabs in a pipe.", [], new HashSet<string>(), terminal)
    {
        ShowsJson = true,
        NeedsRoot = true,
        Create = (_, _) => Task.FromResult(new object()),
        Run = async (call, cancellationToken) =>
        {
            var batches = await call.WaitAsync(() => call.Client.Batches.ListAsync(call.Options, cancellationToken)).ConfigureAwait(false);
            TableOutput.Write(call.Terminal, call.Json, batches, Columns, batches.Data.Select(Cells));
        },
    };

    private static ApiCommand<object> One(string name, string description, Func<ApiCall<object>, string, CancellationToken, Task<BatchJob>> send, Terminal terminal)
        => IdCommand.Create(
            name,
            description,
            "the batch",
            async (call, id, cancellationToken) =>
            {
                var batch = await call.WaitAsync(() => send(call, id, cancellationToken)).ConfigureAwait(false);
                TableOutput.Write(call.Terminal, call.Json, batch, Columns, [Cells(batch)]);
            },
            terminal);

    private static string[] Cells(BatchJob batch) =>
    [
        batch.Id,
        batch.Status?.Value ?? "",
        batch.Progress?.ToString("0.#", CultureInfo.InvariantCulture) ?? "",
        batch.CreatedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "",
        batch.OutputFileId ?? "",
        batch.ErrorFileId ?? "",
    ];
}
