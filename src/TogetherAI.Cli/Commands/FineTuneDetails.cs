using System.CommandLine;
using System.Globalization;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>The commands of <c>together fine-tune</c> for what is measured, estimated and stored.</summary>
internal static class FineTuneDetails
{
    private static readonly HashSet<string> None = [];

    public static ApiCommand<object> Metrics(Terminal terminal)
    {
        var id = new Argument<string>("id") { Description = "ID of the job." };
        var from = new Option<long?>("--from-step") { Description = "The first step.", HelpName = "number" };
        var to = new Option<long?>("--to-step") { Description = "The last step.", HelpName = "number" };
        var resolution = new Option<int?>("--resolution") { Description = "The maximum number of entries.", HelpName = "number" };
        return new ApiCommand<object>("metrics", "Prints the metrics of a job, a JSON object on a line for each step.", [id, from, to, resolution], None, terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = async (call, cancellationToken) =>
            {
                var request = new FineTuningRetrieveMetricsRequest
                {
                    GlobalStepFrom = call.Command.GetValue(from),
                    GlobalStepTo = call.Command.GetValue(to),
                    Resolution = call.Command.GetValue(resolution),
                };
                var metrics = await call.WaitAsync(() => call.Client.FineTuning.RetrieveMetricsAsync(call.Command.GetRequiredValue(id), request, call.Options, cancellationToken)).ConfigureAwait(false);
                if (call.Json)
                {
                    call.Terminal.Out.WriteLine(JsonText.Indented(metrics));
                    return;
                }

                foreach (var step in metrics.Metrics)
                {
                    call.Terminal.Out.WriteLine(JsonText.Line(step));
                }
            },
        };
    }

    public static ApiCommand<FineTuningEstimateRequest> Estimate(Terminal terminal) => new("estimate", "Estimates the price of a job, in US dollars.", [], None, terminal)
    {
        ShowsJson = true,
        NeedsRoot = true,
        Create = (_, _) => Task.FromResult(new FineTuningEstimateRequest { TrainingFile = "" }),
        Run = async (call, cancellationToken) =>
        {
            FineTuneCommand.Require(call.Request.TrainingFile, "--training-file");
            var estimate = await call.WaitAsync(() => call.Client.FineTuning.CreateEstimateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
            call.Terminal.Out.WriteLine(
                call.Json ? JsonText.Indented(estimate)
                : estimate.EstimatedTotalPrice is { } price ? price.ToString(CultureInfo.InvariantCulture)
                : $"No estimate is available: {estimate.UnavailableReason?.Value ?? "the server gives no reason"}.");
        },
    };

    public static ApiCommand<FineTuningPreviewRequest> Preview(Terminal terminal) => new("preview", "Prints the tokens of the first examples of a file, one example on each line.", [], None, terminal)
    {
        ShowsJson = true,
        NeedsRoot = true,
        Create = (_, _) => Task.FromResult(new FineTuningPreviewRequest { TrainingFile = "", Model = "" }),
        Run = async (call, cancellationToken) =>
        {
            FineTuneCommand.Require(call.Request.TrainingFile, "--training-file");
            FineTuneCommand.Require(call.Request.Model, "--model");
            var preview = await call.WaitAsync(() => call.Client.FineTuning.CreatePreviewAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
            if (call.Json)
            {
                call.Terminal.Out.WriteLine(JsonText.Indented(preview));
                return;
            }

            foreach (var row in preview.Rows)
            {
                call.Terminal.Out.WriteLine(JsonText.Line(row.Tokens));
            }
        },
    };

    public static ApiCommand<object> Limits(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = "ID of the model." };
        return new ApiCommand<object>("limits", "Prints the limits of the training parameters of a model as JSON.", [model], None, terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = async (call, cancellationToken) =>
            {
                var request = new FineTuningRetrieveLimitsRequest(call.Command.GetRequiredValue(model));
                var limits = await call.WaitAsync(() => call.Client.FineTuning.RetrieveLimitsAsync(request, call.Options, cancellationToken)).ConfigureAwait(false);
                call.Terminal.Out.WriteLine(JsonText.Indented(limits));
            },
        };
    }

    public static ApiCommand<object> Download(Terminal terminal)
    {
        var id = new Argument<string>("id") { Description = "ID of the job." };
        var step = new Option<int?>("--checkpoint-step") { Description = "The step of the checkpoint. Default: the last one.", HelpName = "number" };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "The weights: merged, adapter or model_output_path.", HelpName = "value" };
        var output = new OutputFile();
        return new ApiCommand<object>("download", "Downloads the weights of a fine-tuned model.", [id, step, checkpoint, output.Option], None, terminal)
        {
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = async (call, cancellationToken) =>
            {
                using var target = await output.OpenAsync(call.Command, call.Terminal, cancellationToken).ConfigureAwait(false);
                var request = new FineTuningDownloadRequest(call.Command.GetRequiredValue(id))
                {
                    CheckpointStep = call.Command.GetValue(step),
                    Checkpoint = call.Command.GetValue(checkpoint) is { } word ? new FineTuningDownloadType(word) : null,
                };
                var file = await call.WaitAsync(() => call.Client.FineTuning.DownloadAsync(request, call.Options, cancellationToken)).ConfigureAwait(false);
                await using (file.ConfigureAwait(false))
                {
                    await target.WriteAsync(file.Content, cancellationToken).ConfigureAwait(false);
                }
            },
        };
    }
}
