using System.Text.Json;

namespace TogetherAI.Generator;

/// <summary>What the program takes from <c>nswag.json</c>.</summary>
/// <param name="HandWrittenTypes">Schemas that C# has by hand (<c>excludedTypeNames</c>).</param>
/// <param name="ClientName">The name of a client, with <c>{controller}</c> for its tag.</param>
internal sealed record GeneratorSettings(IReadOnlySet<string> HandWrittenTypes, string ClientName)
{
    /// <summary>The type of the client for a file in a form.</summary>
    public const string FileUpload = "FileUpload";

    // Left out for another reason: they stand for no schema. One of that name has a class all the same, under another.
    private static readonly string[] OfNoSchema = ["FileResponse", "FileParameter", FileUpload];

    public static GeneratorSettings Default { get; } = new(new HashSet<string>(), "{controller}Client");

    /// <summary>Reads the settings; where the file is broken, NSwag says so better.</summary>
    public static GeneratorSettings Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var generator = json.RootElement.GetProperty("codeGenerators").GetProperty("openApiToCSharpClient");
            var types = generator.TryGetProperty("excludedTypeNames", out var names) ? names.EnumerateArray().Select(static name => name.GetString()!).Except(OfNoSchema).ToHashSet() : [];
            var client = generator.TryGetProperty("className", out var name) ? name.GetString()! : Default.ClientName;
            return new GeneratorSettings(types, client);
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Default;
        }
    }
}
