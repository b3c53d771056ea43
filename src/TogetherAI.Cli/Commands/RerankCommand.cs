using System.CommandLine;
using System.Globalization;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Ranks texts by their relevance to a query.</summary>
internal static class RerankCommand
{
    // Together serves such models on dedicated endpoints only, whose names are their owners' own.
    private const string DefaultModel = "your-project/your-dedicated-endpoint";

    public static Command Create(Terminal terminal)
    {
        var query = new Argument<string>("query") { Description = "The query; - reads standard input." };
        var documents = new Argument<string[]>("document") { Description = "The documents to rank; - reads one from standard input.", Arity = ArgumentArity.OneOrMore };
        return new ApiCommand<RerankRequest>(
            "rerank",
            "Ranks documents by their relevance and prints them, the most relevant first: score, zero-based position on the command line, text.",
            [query, documents],
            new HashSet<string> { "query", "documents", "rank_fields" },
            terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) => new RerankRequest
            {
                Model = DefaultModel,
                Query = await PromptText.ReadAsync(command.GetRequiredValue(query), terminal.Input, cancellationToken, "query").ConfigureAwait(false),
                Documents =
                [
                    .. from text in await PromptText.ReadAllAsync(command.GetRequiredValue(documents), terminal.Input, cancellationToken, "document").ConfigureAwait(false)
                       select (RerankDocument)text,
                ],
            },
            Run = RunAsync,
        };
    }

    private static async Task RunAsync(ApiCall<RerankRequest> call, CancellationToken cancellationToken)
    {
        var answer = await call.WaitAsync(() => call.Client.Rerank.RerankAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        if (call.Json)
        {
            call.Terminal.Out.WriteLine(JsonText.Indented(answer));
            return;
        }

        foreach (var result in answer.Results)
        {
            var text = call.Request.Documents.ElementAtOrDefault(result.Index)?.Text;
            call.Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.RelevanceScore:0.0000}\t{result.Index}\t{TabbedLine.Cell(text)}"));
        }
    }
}
