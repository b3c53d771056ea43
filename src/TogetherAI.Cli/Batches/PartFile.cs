using System.Text;

namespace TogetherAI.Cli.Batches;

/// <summary>The requests of one batch, in a temporary file.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        FileMode.CreateNew,
        FileAccess.ReadWrite,
        FileShare.None,
        80 * 1024,
        FileOptions.DeleteOnClose);

    public long Length => _file.Length;

    /// <summary>Adds a line unless the file would become too long.</summary>
    public bool TryAdd(string line, long maxBytes)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        if (_file.Length + bytes.Length > maxBytes)
        {
            return false;
        }

        _file.Write(bytes);
        return true;
    }

    /// <summary>The file from its beginning.</summary>
    public Stream ForReading()
    {
        _file.Flush();
        _file.Position = 0;
        return _file;
    }

    public void Dispose() => _file.Dispose();
}
