using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Reading;

/// <summary>Reads a file, YAML or JSON, into nodes.</summary>
internal static class DocumentReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="name">What places call the file.</param>
    /// <param name="faults">Takes what is wrong but does not end the reading.</param>
    /// <exception cref="DocumentException">The file does not exist, or is neither YAML nor JSON.</exception>
    public static Node ReadFile(string path, string name, FaultList faults)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DocumentException(Codes.FileUnreadable, new Place(name, 1, 1), $"The file cannot be read: {exception.Message}");
        }

        return Read(SourceText.Decode(bytes, name), name, faults);
    }

    /// <summary>Reads a text; what begins as a JSON object or array is JSON, otherwise it is YAML.</summary>
    public static Node Read(string text, string name, FaultList faults)
    {
        var content = text.AsSpan().TrimStart();
        if (content.IsEmpty)
        {
            throw new DocumentException(Codes.Syntax, new Place(name, 1, 1), "The document is empty.");
        }

        return content[0] is '{' or '[' && JsonNodeReader.TryRead(text, name, faults, out var node)
            ? node
            : YamlNodeReader.Read(text, name, faults);
    }
}
