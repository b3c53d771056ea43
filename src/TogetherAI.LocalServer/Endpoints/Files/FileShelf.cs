using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Files;

/// <summary>The files of a server, in memory or in a folder, where they are found again after a restart.</summary>
internal sealed class FileShelf(string? folder, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, StoredFile> _files = Load(folder);

    /// <summary>The files whose content is there, the newest first.</summary>
    public IReadOnlyList<TogetherAIFile> Listed => [.. _files.Values.Where(file => file.IsComplete).Select(file => file.Facts).OrderByDescending(file => file.CreatedAt)];

    /// <summary>Notes a file whose content is still to come.</summary>
    public StoredFile Announce(string name, FileType type, FilePurpose purpose)
    {
        var id = $"file-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        var facts = new TogetherAIFile
        {
            Id = id,
            Object = "file",
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()),
            FileName = name,
            Bytes = 0,
            Purpose = purpose,
            FileType = type,
            IsProcessed = false,
            LineCount = 0,
        };
        return _files[id] = new StoredFile(facts, folder);
    }

    /// <summary>Keeps a file that the server has written itself.</summary>
    public async Task<TogetherAIFile> WriteAsync(string name, FilePurpose purpose, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var file = Announce(name, FileType.JsonLines, purpose);
        await file.StoreAsync(write, cancellationToken).ConfigureAwait(false);
        return file.Facts;
    }

    /// <summary>A file whose content is there.</summary>
    /// <exception cref="ApiErrorException">There is none.</exception>
    public StoredFile Require(string id, string parameter = "id")
        => _files.TryGetValue(id, out var file) && file.IsComplete
            ? file
            : throw new ApiErrorException(StatusCodes.Status404NotFound, $"This server has no file {id}.", "invalid_request_error", parameter);

    /// <summary>Whether there is a file whose content is there.</summary>
    public bool Has(string id) => _files.TryGetValue(id, out var file) && file.IsComplete;

    /// <summary>A file whose content may come.</summary>
    public StoredFile? Announced(string id) => _files.GetValueOrDefault(id);

    public void Delete(string id)
    {
        Require(id).Delete();
        _files.TryRemove(id, out _);
    }

    private static ConcurrentDictionary<string, StoredFile> Load(string? folder)
    {
        var files = new ConcurrentDictionary<string, StoredFile>(StringComparer.Ordinal);
        foreach (var facts in KeptJson.ReadAll(folder, "file-*" + StoredFile.FactsEnding, ServerJsonContext.Default.TogetherAIFile))
        {
            files[facts.Id] = new StoredFile(facts, folder) { IsComplete = true };
        }

        return files;
    }
}
