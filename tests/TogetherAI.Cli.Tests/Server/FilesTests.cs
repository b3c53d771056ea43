using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>Files of the local server, which are uploaded as the service's own SDKs do it.</summary>
public sealed class FilesTests
{
    private static readonly byte[] Lines = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n"u8.ToArray();

    [Test, CancelAfter(30_000)]
    public async Task File_is_uploaded_listed_read_and_deleted(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { ApiKey = "key" }, cancellationToken);
        using var client = ClientOf(server);

        var file = await client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Lines, "a.jsonl"), FilePurpose.FineTune), cancellationToken: cancellationToken);
        var listed = await client.Files.ListAsync(cancellationToken: cancellationToken);
        await using var download = await client.Files.DownloadAsync(file.Id, cancellationToken: cancellationToken);
        var lines = await download.ReadLinesAsync(cancellationToken).ToListAsync(cancellationToken);
        var deleted = await client.Files.DeleteAsync(file.Id, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((file.FileName, file.Bytes, file.LineCount, file.ProcessingStatus), Is.EqualTo(("a.jsonl", (long?)Lines.Length, (int?)2, FileStatus.Completed)));
            Assert.That(listed.Data.Select(each => each.Id), Is.EqualTo(new[] { file.Id }));
            Assert.That(lines, Is.EqualTo(new[] { "{\"text\":\"a\"}", "{\"text\":\"b\"}" }));
            Assert.That(deleted.IsDeleted, Is.True);
            Assert.That(async () => await client.Files.RetrieveAsync(file.Id, cancellationToken: cancellationToken), Throws.TypeOf<TogetherAINotFoundException>());
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Invalid_file_is_kept_with_a_report(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        using var client = ClientOf(server);
        var request = new FileUploadRequest(FileUpload.FromBytes("{}\nnonsense"u8.ToArray(), "a.jsonl"), FilePurpose.FineTune) { ChecksLines = false };

        var file = await client.Files.UploadAsync(request, cancellationToken: cancellationToken);

        Assert.That((file.ProcessingStatus, file.ValidationReport!.Error), Is.EqualTo((FileStatus.InvalidFormat, "Line 2 is no JSON object.")));
    }

    [Test, CancelAfter(30_000)]
    public async Task Files_of_a_folder_are_found_again(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("together-");
        try
        {
            var options = new TogetherAILocalServerOptions { DataFolder = Path.Combine(folder.FullName, "data") };
            TogetherAIFile file;
            await using (var first = await TogetherAILocalServer.StartAsync(options, cancellationToken))
            {
                using var client = ClientOf(first);
                file = await client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Lines, "a.jsonl"), FilePurpose.FineTune), cancellationToken: cancellationToken);
            }

            await using var second = await TogetherAILocalServer.StartAsync(options, cancellationToken);
            using var again = ClientOf(second);
            await using var download = await again.Files.DownloadAsync(file.Id, cancellationToken: cancellationToken);

            Assert.That(await download.ReadLinesAsync(cancellationToken).CountAsync(cancellationToken), Is.EqualTo(2));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Tool_uploads_and_downloads(CancellationToken cancellationToken)
    {
        await using var server = await TogetherAILocalServer.StartAsync(cancellationToken: cancellationToken);
        var folder = Directory.CreateTempSubdirectory("together-");
        try
        {
            var (path, copy, bad) = (Path.Combine(folder.FullName, "a.jsonl"), Path.Combine(folder.FullName, "b.jsonl"), Path.Combine(folder.FullName, "c.jsonl"));
            await File.WriteAllBytesAsync(path, Lines, cancellationToken);
            await File.WriteAllTextAsync(bad, "{}\nnonsense", cancellationToken);
            string[] connection = ["--api-url", server.Url.AbsoluteUri];

            var uploaded = await InProcessTool.RunAsync(cancellationToken, ["files", "upload", path, "--purpose", "fine-tune", .. connection]);
            var id = uploaded.Output.Trim();
            var content = await InProcessTool.RunAsync(cancellationToken, ["files", "content", id, "-o", copy, .. connection]);
            var listed = await InProcessTool.RunAsync(cancellationToken, ["files", "list", .. connection]);
            var refused = await InProcessTool.RunAsync(cancellationToken, ["files", "upload", bad, "--purpose", "fine-tune", .. connection]);
            var deleted = await InProcessTool.RunAsync(cancellationToken, ["files", "delete", id, "--json", .. connection]);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(new[] { uploaded, content, listed, deleted }.Select(result => result.ExitCode), Is.All.EqualTo(ExitCodes.Success));
                Assert.That(await File.ReadAllBytesAsync(copy, cancellationToken), Is.EqualTo(Lines));
                Assert.That(listed.Output, Does.StartWith($"{id}\tfine-tune\t{Lines.Length}\t").And.EndsWith("\ta.jsonl\n"));
                Assert.That((refused.ExitCode, refused.Log), Is.EqualTo((ExitCodes.Usage, "together: Line 2 of the file is invalid: it is no JSON object (byte 2).\n")));
                Assert.That(deleted.Output, Does.Contain("\"deleted\": true"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TogetherAIClient ClientOf(TogetherAILocalServer server) => new(new TogetherAIOptions { BaseUrl = server.Url, ApiKey = "key", MaxRetries = 0 });
}
