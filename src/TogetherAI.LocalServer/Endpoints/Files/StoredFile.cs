using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TogetherAI.LocalServer.Endpoints.Files;

/// <summary>One file: what is known of it, and its content in memory or in a folder.</summary>
internal sealed class StoredFile(TogetherAIFile facts, string? folder)
{
    /// <summary>The ending of the name of the file that has what is known of another one.</summary>
    public const string FactsEnding = ".facts.json";

    private byte[] _content = [];

    public TogetherAIFile Facts => facts;

    /// <summary>Whether the content is there.</summary>
    public bool IsComplete { get; set; }

    private string ContentPath => Path.Combine(folder!, facts.Id + ".content");

    private string FactsPath => Path.Combine(folder!, facts.Id + FactsEnding);

    public Stream Open()
        => folder is null
            ? new MemoryStream(_content, writable: false)
            : new FileStream(ContentPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    /// <summary>The lines of the content, empty ones included.</summary>
    public async IAsyncEnumerable<string> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(Open());
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Takes the content, and then looks at it.</summary>
    public async Task StoreAsync(Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            using var copy = new MemoryStream();
            await write(copy).ConfigureAwait(false);
            _content = copy.ToArray();
        }
        else
        {
            await StoreInFolderAsync(write).ConfigureAwait(false);
        }

        await CheckAsync(cancellationToken).ConfigureAwait(false);
        IsComplete = true;
        if (folder is not null)
        {
            // Written last: a file without it is not there.
            KeptJson.Write(FactsPath, facts, ServerJsonContext.Default.TogetherAIFile);
        }
    }

    public void Delete()
    {
        IsComplete = false;
        _content = [];
        if (folder is not null)
        {
            File.Delete(FactsPath);
            File.Delete(ContentPath);
        }
    }

    private async Task StoreInFolderAsync(Func<Stream, Task> write)
    {
        var partial = ContentPath + ".part";
        try
        {
            await using var copy = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None);
            await write(copy).ConfigureAwait(false);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        File.Move(partial, ContentPath, overwrite: true);
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using (var content = Open())
        {
            facts.Bytes = content.Length;
        }

        facts.IsProcessed = true;
        if (facts.FileType != FileType.JsonLines)
        {
            facts.ProcessingStatus = FileStatus.Completed;
            return;
        }

        var (count, error) = await CheckLinesAsync(cancellationToken).ConfigureAwait(false);
        facts.LineCount = count;
        facts.ProcessingStatus = error is null ? FileStatus.Completed : FileStatus.InvalidFormat;
        facts.ValidationReport = new FileValidationReport
        {
            IsValid = error is null,
            Error = error,
            FileId = facts.Id,
            LineCount = count,
        };
    }

    private async Task<(int Count, string? Error)> CheckLinesAsync(CancellationToken cancellationToken)
    {
        var (count, error) = (0, (string?)null);
        await foreach (var line in LinesAsync(cancellationToken).ConfigureAwait(false))
        {
            count++;
            error ??= IsObject(line) ? null : $"Line {count} is no JSON object.";
        }

        return (count, error);
    }

    private static bool IsObject(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
