using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Reading;

namespace TogetherAI.Generator.Loading;

/// <summary>The files of a document, each read once.</summary>
internal sealed class SourceFiles(FaultList faults)
{
    private readonly Dictionary<string, SourceFile?> _files = new(StringComparer.Ordinal);

    /// <summary>The full paths of all files that were asked for, those that cannot be read included.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>Reads a file that a person named.</summary>
    /// <exception cref="DocumentException">It cannot be read.</exception>
    public SourceFile Open(string path)
    {
        var full = Path.GetFullPath(path);
        _files[full] = null;
        return _files[full] = new SourceFile(full, DocumentReader.ReadFile(full, NameOf(full), faults));
    }

    /// <summary>Reads a file that a reference names; null, and a fault, where it cannot be read.</summary>
    public SourceFile? Open(string path, Place reference)
    {
        if (_files.TryGetValue(path, out var known))
        {
            return known;
        }

        _files[path] = null;
        if (!File.Exists(path))
        {
            faults.Add(Codes.DanglingReference, reference, $"There is no file '{NameOf(path)}'.");
            return null;
        }

        try
        {
            return Open(path);
        }
        catch (DocumentException exception)
        {
            faults.Add(exception.Code, exception.Place, exception.Message);
            return null;
        }
    }

    // As an editor or a build shows it: relative to where the program was started, with slashes.
    private static string NameOf(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path).Replace('\\', '/');
}
