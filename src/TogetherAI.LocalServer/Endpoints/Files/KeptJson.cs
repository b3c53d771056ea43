using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TogetherAI.LocalServer.Endpoints.Files;

/// <summary>What a server keeps in its folder as JSON, an object in each file.</summary>
internal static class KeptJson
{
    /// <summary>Writes a file, which is there as a whole or as it was before, even if the process ends meanwhile.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        var partial = path + ".part";
        File.WriteAllText(partial, JsonSerializer.Serialize(value, type));
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Reads the files of a folder, which is created where there is none; nothing where nothing is kept.</summary>
    /// <param name="folder">The folder; null if the server keeps nothing.</param>
    /// <param name="pattern">The names of the files.</param>
    /// <param name="type">The type of the objects.</param>
    public static IEnumerable<T> ReadAll<T>(string? folder, string pattern, JsonTypeInfo<T> type)
        => folder is null ? [] : Directory.CreateDirectory(folder).EnumerateFiles(pattern).Select(file => JsonSerializer.Deserialize(File.ReadAllText(file.FullName), type)!);
}
