using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Turns texts into vectors.</summary>
internal static class EmbedCommand
{
    // Together serves such models on dedicated endpoints only, whose names are their owners' own.
    private const string DefaultModel = "your-project/your-dedicated-endpoint";

    public static Command Create(Terminal terminal)
    {
        var texts = new Argument<string[]>("text") { Description = "The texts; - reads one from standard input.", Arity = ArgumentArity.OneOrMore };
        return new ApiCommand<EmbeddingRequest>(
            "embed", "Prints the embedding of each text as a JSON array, one per line.", [texts], new HashSet<string> { "input" }, terminal)
        {
            DefaultModel = DefaultModel,
            ShowsJson = true,
            Create = async (command, cancellationToken) => new EmbeddingRequest
            {
                Model = DefaultModel,
                Input = await PromptText.ReadAllAsync(command.GetRequiredValue(texts), terminal.Input, cancellationToken).ConfigureAwait(false),
            },
            Run = RunAsync,
        };
    }

    private static async Task RunAsync(ApiCall<EmbeddingRequest> call, CancellationToken cancellationToken)
    {
        var answer = await call.WaitAsync(() => call.Client.Embeddings.CreateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        IEnumerable<string> lines = call.Json
            ? [JsonText.Indented(answer)]
            : answer.Data.OrderBy(item => item.Index).Select(item => JsonText.Line(item.Embedding.ToArray()));
        foreach (var line in lines)
        {
            call.Terminal.Out.WriteLine(line);
        }
    }
}
