using System.CommandLine;
using System.Globalization;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>Evaluations: runs, lists and shows them.</summary>
internal static class EvaluateCommand
{
    private static readonly string[] Columns = ["id", "type", "status", "created"];

    private static readonly TogetherAIWaitOptions Waiting = new() { Interval = TimeSpan.FromSeconds(2), MaxInterval = TimeSpan.FromSeconds(30), Timeout = Timeout.InfiniteTimeSpan };

    public static Command Create(Terminal terminal) => new("evaluate", "Evaluations of outputs by a model.")
    {
        Run(terminal),
        List(terminal),
        One("get", "Prints an evaluation as it is now.", terminal, static (call, id, token) => call.WaitAsync(() => call.Client.Evaluations.RetrieveAsync(id, call.Options, token))),
        One("wait", "Waits for the end of an evaluation and prints its results.", terminal, static (call, id, token) => call.WaitAsync(() => WaitAsync(call.Client, id, call.Options, token))),
    };

    private static ApiCommand<EvaluationParameters> Run(Terminal terminal)
    {
        var type = new Argument<string>("type") { Description = "The type: classify, score or compare." };
        var file = new Argument<string>("file") { Description = "The inputs: a JSONL or CSV file, which is uploaded, or the ID of an uploaded file." };
        var model = new Option<string>("--judge-model") { Description = "The model that evaluates.", HelpName = "model", Required = true };
        var template = new Option<string>("--judge-template") { Description = "The instructions to the judge.", HelpName = "text", Required = true };
        var source = new Option<string>("--judge-source") { Description = "The source of the judge: serverless, dedicated or external.", HelpName = "value", DefaultValueFactory = static _ => "serverless" };
        var noWait = new Option<bool>("--no-wait") { Description = "Print the ID of the evaluation without waiting for its end." };
        return new ApiCommand<EvaluationParameters>(
            "run", "Starts an evaluation, waits for its end and prints its results.", [type, file, model, template, source, noWait], new HashSet<string> { "judge", "input_data_file_path" }, terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = (command, _) => Task.FromResult(new EvaluationParameters(
                new EvaluationJudge(command.GetRequiredValue(model), command.GetRequiredValue(template), new EvaluationModelSource(command.GetRequiredValue(source))),
                command.GetRequiredValue(file))),
            Run = async (call, cancellationToken) =>
            {
                call.Request.InputDataFilePath = await FileAsync(call, call.Command.GetRequiredValue(file), cancellationToken).ConfigureAwait(false);
                var request = new EvaluationRequest(new EvaluationType(call.Command.GetRequiredValue(type)), call.Request);
                var started = await call.WaitAsync(() => call.Client.Evaluations.CreateAsync(request, call.Options, cancellationToken)).ConfigureAwait(false);
                if (call.Command.GetValue(noWait))
                {
                    call.Terminal.Out.WriteLine(call.Json ? JsonText.Indented(started) : started.WorkflowId);
                    return;
                }

                call.Terminal.Note($"The evaluation {started.WorkflowId} was started.");
                Print(call.Terminal, call.Json, await call.WaitAsync(() => WaitAsync(call.Client, started.WorkflowId, call.Options, cancellationToken)).ConfigureAwait(false));
            },
        };
    }

    private static async Task<string> FileAsync<TRequest>(ApiCall<TRequest> call, string file, CancellationToken cancellationToken)
    {
        if (file.StartsWith("file-", StringComparison.Ordinal) && !File.Exists(file))
        {
            return file;
        }

        var request = new FileUploadRequest(FileArgument.Upload(file), FilePurpose.Evaluation);
        return (await FileArgument.CheckedAsync(() => call.WaitAsync(() => call.Client.Files.UploadAsync(request, call.Options, cancellationToken))).ConfigureAwait(false)).Id;
    }

    private static ApiCommand<EvaluationListRequest> List(Terminal terminal) => new(
        "list", "Lists the evaluations: a table at a terminal, lines separated by tabs in a pipe.", [], new HashSet<string>(), terminal)
    {
        ShowsJson = true,
        NeedsRoot = true,
        Create = (_, _) => Task.FromResult(new EvaluationListRequest()),
        Run = async (call, cancellationToken) =>
        {
            var jobs = await call.WaitAsync(() => call.Client.Evaluations.ListAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
            TableOutput.Write(call.Terminal, call.Json, jobs, Columns, jobs.Data.Select(Cells));
        },
    };

    private static ApiCommand<object> One(string name, string description, Terminal terminal, Func<ApiCall<object>, string, CancellationToken, Task<EvaluationJob>> retrieve)
        => IdCommand.Create(
            name,
            description,
            "the evaluation",
            async (call, id, cancellationToken) => Print(call.Terminal, call.Json, await retrieve(call, id, cancellationToken).ConfigureAwait(false)),
            terminal);

    private static Task<EvaluationJob> WaitAsync(TogetherAIClient client, string id, TogetherAIRequestOptions options, CancellationToken cancellationToken)
        => client.Evaluations.WaitAsync(id, progress: null, Waiting, options, cancellationToken);

    // The results are an object of the API; without them, there is the status alone.
    private static void Print(Terminal terminal, bool json, EvaluationJob job)
        => terminal.Out.WriteLine(json ? JsonText.Indented(job) : job.Results is { } results ? JsonText.Indented(results) : job.Status?.Value ?? "");

    private static string[] Cells(EvaluationJob job) =>
        [job.WorkflowId ?? "", job.Type?.Value ?? "", job.Status?.Value ?? "", job.CreatedAt?.ToString("u", CultureInfo.InvariantCulture) ?? ""];
}
