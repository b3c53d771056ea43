using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace TogetherAI.Cli.Batches;

/// <summary>The JSONL file with the requests, which is read line by line as often as needed.</summary>
internal sealed class RequestFile
{
    private readonly string _path;

    private RequestFile(string path) => _path = path;

    /// <summary>The number of requests.</summary>
    public long Count { get; private set; }

    /// <summary>Tells whether the file is the same as at another time.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Checks all lines, before anything is sent.</summary>
    /// <exception cref="UsageException">There is no such file, or one of its lines is invalid.</exception>
    public static async Task<RequestFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"The file {path} does not exist.");
        }

        var file = new RequestFile(path);
        var ids = new HashSet<UInt128>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var line in file.LinesAsync(cancellationToken).ConfigureAwait(false))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line.Text + "\n"));
            file.Count++;
            if (!ids.Add(line.Hash))
            {
                throw RequestLine.Invalid(path, line.Number, $"its custom_id {line.Id} is that of another line");
            }
        }

        file.Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
        return file.Count > 0 ? file : throw new UsageException($"The file {path} has no requests.");
    }

    public async IAsyncEnumerable<RequestLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(_path, Encoding.UTF8);
        for (var number = 1L; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text; number++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return RequestLine.Parse(_path, number, text);
            }
        }
    }
}
