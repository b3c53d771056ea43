using System.CommandLine;
using System.Globalization;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>Lists models.</summary>
internal static class ModelsCommand
{
    private static readonly string[] Columns = ["id", "type", "context", "input $/M", "output $/M", "name"];

    public static Command Create(Terminal terminal)
    {
        var dedicated = new Option<bool?>("--dedicated") { Description = "Whether to list only models for dedicated endpoints, or only the others.", HelpName = "true|false" };
        return new ApiCommand<object>(
            "models", "Lists the models, as a table on a terminal or tab-separated in a pipe.", [dedicated], new HashSet<string>(), terminal)
        {
            ShowsJson = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = (call, cancellationToken) => RunAsync(call, call.Command.GetValue(dedicated), cancellationToken),
        };
    }

    private static async Task RunAsync(ApiCall<object> call, bool? dedicated, CancellationToken cancellationToken)
    {
        var models = await call.WaitAsync(() => call.Client.Models.ListAsync(new ModelListRequest { Dedicated = dedicated }, call.Options, cancellationToken)).ConfigureAwait(false);
        if (call.Json)
        {
            call.Terminal.Out.WriteLine(JsonText.Indented(models));
        }
        else if (call.Terminal.ShowsOutput)
        {
            call.Terminal.Out.Write(ColumnText.Of(Columns, [.. models.Data.Select(Cells)], call.Terminal.Width));
        }
        else
        {
            foreach (var model in models.Data)
            {
                call.Terminal.Out.WriteLine(TabbedLine.Of(Cells(model)));
            }
        }
    }

    private static string[] Cells(TogetherAIModel model) =>
    [
        model.Id,
        model.Type?.Value ?? "",
        model.ContextLength?.ToString(CultureInfo.InvariantCulture) ?? "",
        model.Pricing?.Input?.ToString(CultureInfo.InvariantCulture) ?? "",
        model.Pricing?.Output?.ToString(CultureInfo.InvariantCulture) ?? "",
        model.DisplayName ?? "",
    ];
}
