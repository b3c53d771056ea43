using System.CommandLine;
using System.Globalization;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>Fine-tuning jobs: creates, shows, follows, cancels and deletes them, and downloads their models.</summary>
internal static class FineTuneCommand
{
    private static readonly string[] JobColumns = ["id", "status", "created", "model", "output"];
    private static readonly string[] EventColumns = ["created", "type", "step", "message"];
    private static readonly string[] CheckpointColumns = ["step", "type", "created", "path"];

    private static readonly HashSet<string> None = [];

    public static Command Create(Terminal terminal) => new("fine-tune", "Training of models on your own data.")
    {
        CreateJob(terminal),
        List(terminal),
        One("status", "Prints what is known of a job.", (call, id, token) => call.Client.FineTuning.RetrieveAsync(id, call.Options, token), JobColumns, job => [Cells(job)], terminal),
        Events(terminal),
        One("checkpoints", "Lists the checkpoints of a job.", (call, id, token) => call.Client.FineTuning.ListCheckpointsAsync(id, call.Options, token), CheckpointColumns, list => list.Data.Select(Cells), terminal),
        FineTuneDetails.Metrics(terminal),
        One("cancel", "Cancels a job.", (call, id, token) => call.Client.FineTuning.CancelAsync(id, call.Options, token), JobColumns, job => [Cells(job)], terminal),
        One("delete", "Deletes a job and its model.", (call, id, token) => call.Client.FineTuning.DeleteAsync(id, call.Options, token), ["message"], deleted => [[deleted.Message ?? ""]], terminal),
        FineTuneDetails.Estimate(terminal),
        FineTuneDetails.Preview(terminal),
        FineTuneDetails.Limits(terminal),
        FineTuneDetails.Download(terminal),
    };

    private static ApiCommand<FineTuningRequest> CreateJob(Terminal terminal)
    {
        var wait = new Option<bool>("--wait") { Description = "Print the events of the job until it has ended." };
        return new ApiCommand<FineTuningRequest>("create", "Creates a job and prints its ID.", [wait], None, terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new FineTuningRequest { TrainingFile = "", Model = "" }),
            Run = async (call, cancellationToken) =>
            {
                Require(call.Request.TrainingFile, "--training-file");
                Require(call.Request.Model, "--model");
                var job = await call.WaitAsync(() => call.Client.FineTuning.CreateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
                call.Terminal.Out.WriteLine(call.Json ? JsonText.Indented(job) : job.Id);
                if (call.Command.GetValue(wait))
                {
                    await FollowAsync(call.Client, call.Options, job.Id, call.Terminal, call.Json, cancellationToken).ConfigureAwait(false);
                }
            },
        };
    }

    private static ApiCommand<object> List(Terminal terminal) => new("list", "Lists the jobs: a table at a terminal, lines separated by tabs in a pipe.", [], None, terminal)
    {
        ShowsJson = true,
        NeedsRoot = true,
        Create = (_, _) => Task.FromResult(new object()),
        Run = async (call, cancellationToken) =>
        {
            var jobs = await call.WaitAsync(() => call.Client.FineTuning.ListAsync(call.Options, cancellationToken)).ConfigureAwait(false);
            TableOutput.Write(call.Terminal, call.Json, jobs, JobColumns, jobs.Data.Select(Cells));
        },
    };

    private static ApiCommand<object> Events(Terminal terminal)
    {
        var id = new Argument<string>("id") { Description = "ID of the job." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Print further events as they occur, until the job has ended." };
        return new ApiCommand<object>("events", "Lists the events of a job.", [id, follow], None, terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = async (call, cancellationToken) =>
            {
                var job = call.Command.GetRequiredValue(id);
                if (call.Command.GetValue(follow))
                {
                    await FollowAsync(call.Client, call.Options, job, call.Terminal, call.Json, cancellationToken).ConfigureAwait(false);
                    return;
                }

                var events = await call.WaitAsync(() => call.Client.FineTuning.ListEventsAsync(job, call.Options, cancellationToken)).ConfigureAwait(false);
                TableOutput.Write(call.Terminal, call.Json, events, EventColumns, events.Data.Select(Cells));
            },
        };
    }

    private static async Task FollowAsync(TogetherAIClient client, TogetherAIRequestOptions options, string id, Terminal terminal, bool json, CancellationToken cancellationToken)
    {
        var wait = new TogetherAIWaitOptions { Interval = TimeSpan.FromSeconds(1), MaxInterval = TimeSpan.FromSeconds(30), Timeout = Timeout.InfiniteTimeSpan };
        await foreach (var each in client.FineTuning.WaitForEventsAsync(id, wait, options, cancellationToken).ConfigureAwait(false))
        {
            terminal.Out.WriteLine(json ? JsonText.Line(each) : TabbedLine.Of(Cells(each)));
        }
    }

    internal static ApiCommand<object> One<TResponse>(
        string name, string description, Func<ApiCall<object>, string, CancellationToken, Task<TResponse>> send, string[] columns, Func<TResponse, IEnumerable<string[]>> rows, Terminal terminal)
        where TResponse : class
        => IdCommand.Create(
            name,
            description,
            "the job",
            async (call, id, cancellationToken) =>
            {
                var response = await call.WaitAsync(() => send(call, id, cancellationToken)).ConfigureAwait(false);
                TableOutput.Write(call.Terminal, call.Json, response, columns, rows(response));
            },
            terminal);

    /// <exception cref="UsageException">The option is missing.</exception>
    internal static void Require(string value, string option)
    {
        if (value.Length == 0)
        {
            throw new UsageException($"Option '{option}' is required.");
        }
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";

    private static string[] Cells(FineTuningJob job) => [job.Id, job.Status?.Value ?? "", Time(job.CreatedAt), job.Model ?? "", job.ModelOutputName ?? ""];

    private static string[] Cells(FineTuningEvent each) => [Time(each.CreatedAt), each.Type?.Value ?? "", each.Step?.ToString(CultureInfo.InvariantCulture) ?? "", each.Message ?? ""];

    private static string[] Cells(FineTuningCheckpoint each) => [each.Step?.ToString(CultureInfo.InvariantCulture) ?? "", each.CheckpointType?.Value ?? "", Time(each.CreatedAt), each.Path ?? ""];
}
