using System.CommandLine;
using System.Globalization;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>Files on the platform: lists, uploads, shows, deletes and downloads them.</summary>
internal static class FilesCommand
{
    private static readonly string[] Columns = ["id", "purpose", "bytes", "created", "name"];

    public static Command Create(Terminal terminal) => new("files", "Files that jobs read and write.")
    {
        List(terminal),
        Upload(terminal),
        IdCommand.Create("get", "Prints what is known of a file.", "the file", GetAsync, terminal),
        IdCommand.Create("delete", "Deletes a file.", "the file", DeleteAsync, terminal),
        Content(terminal),
    };

    private static ApiCommand<object> List(Terminal terminal) => new(
        "list", "Lists the files: a table at a terminal, lines separated by tabs in a pipe.", [], new HashSet<string>(), terminal)
    {
        ShowsJson = true,
        NeedsRoot = true,
        Create = (_, _) => Task.FromResult(new object()),
        Run = async (call, cancellationToken) =>
        {
            var files = await call.WaitAsync(() => call.Client.Files.ListAsync(call.Options, cancellationToken)).ConfigureAwait(false);
            TableOutput.Write(call.Terminal, call.Json, files, Columns, files.Data.Select(Cells));
        },
    };

    private static ApiCommand<object> Upload(Terminal terminal)
    {
        var path = new Argument<string>("file") { Description = "The file; its name ends with .jsonl, .parquet or .csv." };
        var purpose = new Option<string>("--purpose") { Description = "What it is for: fine-tune, eval or batch-api.", HelpName = "value", Required = true };
        var type = new Option<string?>("--file-type") { Description = "Its format, where its name does not tell: jsonl, parquet or csv.", HelpName = "value" };
        var noCheck = new Option<bool>("--no-check") { Description = "Send a JSONL file without checking its lines." };
        return new ApiCommand<object>("upload", "Uploads a file and prints its id.", [path, purpose, type, noCheck], new HashSet<string>(), terminal)
        {
            ShowsJson = true,
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = async (call, cancellationToken) =>
            {
                var request = new FileUploadRequest(FileArgument.Upload(call.Command.GetRequiredValue(path)), new FilePurpose(call.Command.GetRequiredValue(purpose)))
                {
                    FileType = call.Command.GetValue(type) is { } word ? new FileType(word) : null,
                    ChecksLines = !call.Command.GetValue(noCheck),
                };
                var file = await FileArgument.CheckedAsync(() => call.WaitAsync(() => call.Client.Files.UploadAsync(request, call.Options, cancellationToken))).ConfigureAwait(false);
                call.Terminal.Out.WriteLine(call.Json ? JsonText.Indented(file) : file.Id);
            },
        };
    }

    private static async Task GetAsync(ApiCall<object> call, string id, CancellationToken cancellationToken)
    {
        var file = await call.WaitAsync(() => call.Client.Files.RetrieveAsync(id, call.Options, cancellationToken)).ConfigureAwait(false);
        TableOutput.Write(call.Terminal, call.Json, file, Columns, [Cells(file)]);
    }

    private static async Task DeleteAsync(ApiCall<object> call, string id, CancellationToken cancellationToken)
    {
        var deleted = await call.WaitAsync(() => call.Client.Files.DeleteAsync(id, call.Options, cancellationToken)).ConfigureAwait(false);
        call.Terminal.Out.WriteLine(call.Json ? JsonText.Indented(deleted) : deleted.Id);
    }

    private static ApiCommand<object> Content(Terminal terminal)
    {
        var id = new Argument<string>("id") { Description = "ID of the file." };
        var output = new OutputFile();
        return new ApiCommand<object>("content", "Downloads a file.", [id, output.Option], new HashSet<string>(), terminal)
        {
            NeedsRoot = true,
            Create = (_, _) => Task.FromResult(new object()),
            Run = async (call, cancellationToken) =>
            {
                using var target = await output.OpenAsync(call.Command, call.Terminal, cancellationToken).ConfigureAwait(false);
                var file = await call.WaitAsync(() => call.Client.Files.DownloadAsync(call.Command.GetRequiredValue(id), call.Options, cancellationToken)).ConfigureAwait(false);
                await using (file.ConfigureAwait(false))
                {
                    await target.WriteAsync(file.Content, cancellationToken).ConfigureAwait(false);
                }
            },
        };
    }

    private static string[] Cells(TogetherAIFile file) =>
    [
        file.Id,
        file.Purpose?.Value ?? "",
        file.Bytes?.ToString(CultureInfo.InvariantCulture) ?? "",
        file.CreatedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "",
        file.FileName ?? "",
    ];
}
