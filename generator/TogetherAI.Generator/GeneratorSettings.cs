using System.Text.Json;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator;

/// <summary>What the program takes from <c>nswag.json</c>.</summary>
/// <param name="HandWrittenTypes">Schemas that C# has by hand (<c>excludedTypeNames</c>).</param>
/// <param name="ClientName">The name of a client, with <c>{controller}</c> for its tag.</param>
/// <param name="WritesStreams">Whether the templates write the methods that stream (<c>generateStreamMethods</c>); otherwise they are written by hand.</param>
/// <param name="Namespace">The namespace of the types; empty where there is none.</param>
internal sealed record GeneratorSettings(IReadOnlySet<string> HandWrittenTypes, string ClientName, bool WritesStreams = false, string Namespace = "")
{
    /// <summary>The type of the client for a file in a form.</summary>
    public const string FileUpload = "FileUpload";

    // Left out for another reason: they stand for no schema. One of that name has a class all the same, under another.
    private static readonly string[] OfNoSchema = ["FileResponse", "FileParameter", FileUpload];

    public static GeneratorSettings Default { get; } = new(new HashSet<string>(), "{controller}Client");

    /// <summary>Reads the settings.</summary>
    /// <exception cref="DocumentException">The file is not JSON.</exception>
    public static GeneratorSettings Read(string path)
    {
        var name = Path.GetRelativePath(Directory.GetCurrentDirectory(), path).Replace('\\', '/');
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var generator = json.RootElement.GetProperty("codeGenerators").GetProperty("openApiToCSharpClient");
            var types = generator.TryGetProperty("excludedTypeNames", out var excluded) ? excluded.EnumerateArray().Select(static type => type.GetString()!).Except(OfNoSchema).ToHashSet() : [];
            var client = generator.TryGetProperty("className", out var className) ? className.GetString()! : Default.ClientName;
            var writesStreams = generator.TryGetProperty("generateStreamMethods", out var streams) && streams.GetBoolean();
            var space = generator.TryGetProperty("namespace", out var written) ? written.GetString() ?? "" : "";
            return new GeneratorSettings(types, client, writesStreams, space);
        }
        catch (JsonException exception)
        {
            throw new DocumentException(Codes.Syntax, new Place(name, (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1), $"This is not JSON: {exception.Message}");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new DocumentException(Codes.Syntax, new Place(name, 1, 1), "The settings codeGenerators/openApiToCSharpClient are missing or have the wrong type.");
        }
    }
}
