using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Loading;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator;

/// <summary>Reads a document and writes the one for NSwag, or what is wrong with it.</summary>
/// <param name="Document">Path of the document.</param>
/// <param name="Output">Path of the file to write; it is left as it is where it would not change.</param>
/// <param name="Settings">Path of <c>nswag.json</c>; null takes no settings.</param>
/// <param name="Sources">Folder of the client's hand-written code; null where there is none.</param>
/// <param name="Files">Path of the list of files that were read; null writes none.</param>
internal sealed record GenerateCommand(string Document, string Output, string? Settings, string? Sources, string? Files)
{
    /// <summary>Runs the command.</summary>
    /// <returns>The faults, in the order of files and lines; no errors where the output was written.</returns>
    public IReadOnlyList<Fault> Run()
    {
        var faults = new FaultList();
        var files = new SourceFiles(faults);
        try
        {
            var settings = Settings is null ? GeneratorSettings.Default : GeneratorSettings.Read(Settings);
            if (Pipeline.Run(Document, files, settings, () => ReservedNames.Of(Sources), faults) is { } written)
            {
                WriteWhereDifferent(Output, JsonNodeWriter.Write(written));
            }
        }
        catch (DocumentException exception)
        {
            faults.Add(exception.Code, exception.Place, exception.Message);
        }
        catch (IOException exception)
        {
            faults.Add(Codes.FileUnreadable, new Place(Document, 1, 1), exception.Message);
        }

        if (Files is not null)
        {
            File.WriteAllLines(Files, files.Paths);
        }

        return faults.Sorted;
    }

    private static void WriteWhereDifferent(string path, byte[] content)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            File.WriteAllBytes(path, content);
        }
    }
}
