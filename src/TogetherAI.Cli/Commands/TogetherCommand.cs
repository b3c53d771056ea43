using System.CommandLine;
using System.CommandLine.Help;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class TogetherCommand
{
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Write requests, responses and the stack traces of errors to standard error. The API key is never shown.",
        Recursive = true,
    };

    public static RootCommand Create(Terminal terminal, Interruption interruption)
    {
        var root = new RootCommand("Calls the models of Together AI, or a local mock server if no API key is set.")
        {
            new InferenceCommand("run", "Runs a prompt and prints the text of the whole response.", InferencePrinters.RunAsync, terminal) { ShowsJson = true },
            new InferenceCommand("stream", "Prints each stream event on one line as it arrives.", InferencePrinters.StreamAsync, terminal) { ShowsJson = true, ShowsSpecial = true },
            new InferenceCommand("tokens", "Prints the text token by token as it arrives.", InferencePrinters.TokensAsync, terminal) { ShowsJson = true, ShowsSpecial = true },
            new InferenceCommand("bytes", "Writes the bytes of the stream exactly as they arrive.", InferencePrinters.BytesAsync, terminal),
            ChatCommand.Create(terminal, interruption),
            MessageCommand.Create(terminal, interruption),
            RespondCommand.Create(terminal, interruption),
            CompleteCommand.Create(terminal),
            EmbedCommand.Create(terminal),
            RerankCommand.Create(terminal),
            ModelsCommand.Create(terminal),
            ImageCommand.Create(terminal),
            VideoCommand.Create(terminal),
            SpeakCommand.Create(terminal),
            TranscribeCommand.Create(terminal),
            ListenCommand.Create(terminal),
            FilesCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            BatchCommand.Create(terminal),
            FineTuneCommand.Create(terminal),
            CodeCommand.Create(terminal),
            WhoAmICommand.Create(terminal),
            new ServeCommand(terminal),
            Verbose,
        };
        // Suggestions for a shell's completion, which nobody asked for.
        root.Directives.Clear();
        var help = root.Options.OfType<HelpOption>().Single();
        // /h and /? are how a path begins.
        foreach (var alias in help.Aliases.Where(alias => alias.StartsWith('/')).ToList())
        {
            help.Aliases.Remove(alias);
        }

        help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        return root;
    }
}
