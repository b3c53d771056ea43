using System.Text;

namespace TogetherAI.Cli.Batches;

/// <summary>
/// The file with the responses. What has been written stays: a run that was interrupted is continued by another one, which only
/// asks for what is missing. Invariant: the file consists of whole lines, of which none but the last can be cut off by the end
/// of the process, and that one is removed by the next run.
/// </summary>
internal sealed class ResponseFile : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _succeeded = [];
    private readonly FileStream _file;

    private ResponseFile(string path, FileStream file) => (Path, _file) = (path, file);

    public string Path { get; }

    /// <summary>The number of requests that have succeeded, in this and in former runs.</summary>
    public int Succeeded => _succeeded.Count;

    /// <summary>The number of requests that have failed in this run.</summary>
    public int Failed { get; private set; }

    /// <summary>Opens the file, and leaves out the failures of former runs, which are retried.</summary>
    /// <exception cref="UsageException">The file is something else, or it cannot be written.</exception>
    public static async Task<ResponseFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var succeeded = new List<UInt128>();
            await CompactAsync(path, succeeded, cancellationToken).ConfigureAwait(false);
            var responses = new ResponseFile(path, new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));
            responses._succeeded.UnionWith(succeeded);
            return responses;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output cannot be written: {exception.Message}");
        }
    }

    public bool Has(RequestLine request)
    {
        lock (_lock)
        {
            return _succeeded.Contains(request.Hash);
        }
    }

    /// <summary>Writes a response; it is there even if the process ends immediately afterwards.</summary>
    public void Add(BatchResult result)
    {
        var line = ResponseLine.Of(result);
        var hash = RequestId.Hash(result.Id);
        lock (_lock)
        {
            if (_succeeded.Contains(hash))
            {
                return;
            }

            _file.Write(line);
            _file.Flush();
            if (result.IsSuccess)
            {
                _succeeded.Add(hash);
            }
            else
            {
                Failed++;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static async Task CompactAsync(string path, List<UInt128> succeeded, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var copy = path + ".part";
        // The line that follows must not continue one that was cut off.
        var isChanged = !EndsWithLine(path);
        var cutOff = 0L;
        using (var reader = new StreamReader(path, Encoding.UTF8))
        await using (var writer = new StreamWriter(copy, append: false))
        {
            writer.NewLine = "\n";
            for (var number = 1L; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
            {
                RequireLast(path, cutOff);
                var response = ResponseLine.Read(line);
                cutOff = response is null ? number : 0;
                if (response is { IsSuccess: true })
                {
                    await writer.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
                    succeeded.Add(RequestId.Hash(response.Value.Id));
                }
                else
                {
                    isChanged = true;
                }
            }
        }

        if (isChanged)
        {
            File.Move(copy, path, overwrite: true);
        }
        else
        {
            File.Delete(copy);
        }
    }

    // Only the last line can have been cut off; any other that is no response is something else.
    private static void RequireLast(string path, long cutOff)
    {
        if (cutOff > 0)
        {
            File.Delete(path + ".part");
            throw new UsageException($"--output names a file that has something else than responses, in line {cutOff}: {path}.");
        }
    }

    private static bool EndsWithLine(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length == 0)
        {
            return true;
        }

        file.Position = file.Length - 1;
        return file.ReadByte() == '\n';
    }
}
