using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>What a debugger finds in a portable PDB.</summary>
internal sealed record Symbols(string? SourceLink, IReadOnlyList<string> Documents, IReadOnlyList<string> Embedded)
{
    // https://github.com/dotnet/runtime/blob/main/docs/design/specs/PortablePdb-Metadata.md
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSourceKind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static Symbols Read(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (var file = entry.Open())
        {
            file.CopyTo(content);
        }

        content.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(content);
        var reader = provider.GetMetadataReader();
        string? sourceLink = null;
        var embedded = new List<string>();
        foreach (var information in reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation))
        {
            var kind = reader.GetGuid(information.Kind);
            if (kind == SourceLinkKind)
            {
                sourceLink = Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value));
            }
            else if (kind == EmbeddedSourceKind)
            {
                embedded.Add(NameOf(reader, (DocumentHandle)information.Parent));
            }
        }

        return new Symbols(sourceLink, [.. reader.Documents.Select(document => NameOf(reader, document))], embedded);
    }

    private static string NameOf(MetadataReader reader, DocumentHandle document) => reader.GetString(reader.GetDocument(document).Name);
}
