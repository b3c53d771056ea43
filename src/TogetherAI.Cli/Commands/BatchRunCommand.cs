using System.CommandLine;
using Newtonsoft.Json.Linq;
using TogetherAI.Cli.Batches;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary><c>together batch run</c>: a file of requests in, a file of responses out.</summary>
internal sealed class BatchRunCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The JSONL file with the requests; each line is an object with custom_id and body." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The file for the responses. If it exists, only what is missing in it is asked for.", HelpName = "file", Required = true };
    private readonly Option<string> _endpoint = new("--endpoint") { Description = "The path of the endpoint that the requests are for. Default: /v1/chat/completions.", HelpName = "path", DefaultValueFactory = _ => BatchEndpoint.Values.ChatCompletions };
    private readonly Option<string?> _model = new("--model") { Description = "The model, if a request has none.", HelpName = "name" };
    private readonly Option<string?> _window = new("--completion-window") { Description = "The time that a batch may take, such as 24h.", HelpName = "time" };
    private readonly Option<int?> _priority = new("--priority") { Description = "The priority of a batch.", HelpName = "number" };
    private readonly Option<bool> _now = new("--now") { Description = "Send the requests as ordinary calls, many at once, instead of as a batch." };
    private readonly Option<int> _concurrency = new("--concurrency") { Description = "The maximum number of calls at once with --now. Default: 16.", HelpName = "number", DefaultValueFactory = _ => 16 };

    private BatchRunCommand()
    {
        _concurrency.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number is >= 1 and <= 1000))
            {
                result.AddError("--concurrency must be between 1 and 1000.");
            }
        });
        _output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && (path is "-" or "" || Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
            {
                result.AddError("--output needs the name of a file in a folder that exists.");
            }
        });
    }

    public static Command Create(Terminal terminal)
    {
        var command = new BatchRunCommand();
        return new ApiCommand<object>(
            "run",
            "Runs the requests of a file and writes the responses to another. If it is interrupted, the same command continues.",
            [command._file, command._output, command._endpoint, command._model, command._window, command._priority, command._now, command._concurrency],
            new HashSet<string>(),
            terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = command.RunAsync,
        };
    }

    private async Task RunAsync(ApiCall<object> call, CancellationToken cancellationToken)
    {
        var requests = await RequestFile.OpenAsync(call.Command.GetRequiredValue(_file), cancellationToken).ConfigureAwait(false);
        using var responses = await ResponseFile.OpenAsync(call.Command.GetRequiredValue(_output), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> failures = [];
        await call.Terminal.ProgressAsync(async bar =>
        {
            var progress = new ProgressLine(call.Terminal.Note, bar);
            failures = call.Command.GetValue(_now)
                ? await SendAsync(call, requests, responses, progress, cancellationToken).ConfigureAwait(false)
                : await RunBatchesAsync(call, requests, responses, progress, cancellationToken).ConfigureAwait(false);
            progress.Report("Done", 1);
        }).ConfigureAwait(false);
        await ReportAsync(call, requests, responses, failures, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> SendAsync(ApiCall<object> call, RequestFile requests, ResponseFile responses, ProgressLine progress, CancellationToken cancellationToken)
    {
        var endpoint = call.Command.GetRequiredValue(_endpoint);
        if (endpoint.StartsWith("/v1/audio/", StringComparison.Ordinal))
        {
            throw new UsageException($"--now cannot send requests to {endpoint}, which takes forms.");
        }

        if (File.Exists(BatchState.PathOf(responses.Path)))
        {
            throw new UsageException($"A batch is being processed for this output. Run the command without --now to continue, or delete {BatchState.PathOf(responses.Path)} to give it up.");
        }

        // Retries are for all calls together.
        call.Options.MaxRetries = 0;
        var run = new DirectRun(call.Client, call.Options, endpoint, call.Command.GetValue(_model), call.Command.GetValue(_concurrency), responses, new RateGate(TimeProvider.System), progress);
        await run.RunAsync(requests, cancellationToken).ConfigureAwait(false);
        return [];
    }

    private async Task<IReadOnlyList<string>> RunBatchesAsync(ApiCall<object> call, RequestFile requests, ResponseFile responses, ProgressLine progress, CancellationToken cancellationToken)
    {
        var settings = new BatchRunOptions
        {
            Endpoint = new BatchEndpoint(call.Command.GetRequiredValue(_endpoint)),
            CompletionWindow = call.Command.GetValue(_window),
            Priority = call.Command.GetValue(_priority),
            ModelId = call.Command.GetValue(_model),
        };
        var run = new BatchRun(call.Client, call.Options, settings, requests, responses, BatchState.Load(responses.Path, requests), progress);
        await run.RunAsync(cancellationToken).ConfigureAwait(false);
        return run.Failures;
    }

    private static async Task ReportAsync(ApiCall<object> call, RequestFile requests, ResponseFile responses, IReadOnlyList<string> failures, CancellationToken cancellationToken)
    {
        // The file may also have the responses to other requests.
        var missing = await requests.LinesAsync(cancellationToken).CountAsync(line => !responses.Has(line), cancellationToken).ConfigureAwait(false);
        foreach (var failure in failures)
        {
            call.Terminal.Error(failure);
        }

        call.Terminal.Out.WriteLine(call.Json
            ? JsonText.Indented(new JObject { ["output"] = responses.Path, ["requests"] = requests.Count, ["succeeded"] = requests.Count - missing, ["failed"] = responses.Failed })
            : responses.Path);
        if (missing > 0)
        {
            throw new BatchIncompleteException(
                $"{missing} of {requests.Count} requests have no response, of which {responses.Failed} failed. The same command asks for them again.");
        }
    }
}
