using System.Text;
using TogetherAI.Fuzzing.Inputs;
using TogetherAI.Tests.Document;
using TogetherAI.Tests.Json;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>The types of the document, and JSON for them.</summary>
internal static class JsonTypes
{
    private const int Seed = 20261128;
    private const int RandomInputs = 3;

    private static readonly string[] SmallInputs = ["\"\"", "\"a\"", "1", "true", "[]", "[\"a\"]", "[1]", "[{\"type\":\"text\",\"text\":\"a\"}]", "{}", "{\"type\":\"text\"}", "null"];

    /// <summary>Objects, unions and extensible enums, by their names.</summary>
    public static IReadOnlyDictionary<string, JsonType> All { get; } = typeof(InferenceChunk).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
            && (typeof(IExtensible).IsAssignableFrom(type) || typeof(IUnion).IsAssignableFrom(type) || typeof(IOpenWord).IsAssignableFrom(type)))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .ToDictionary(type => type.Name, type => (JsonType)Activator.CreateInstance(typeof(JsonType<>).MakeGenericType(type))!);

    /// <summary>The names of all fields.</summary>
    public static IEnumerable<string> FieldNames => TogetherDocument.Schemas.Values
        .SelectMany(schema => schema.SelectTokens("$..properties").OfType<Newtonsoft.Json.Linq.JObject>())
        .SelectMany(properties => properties.Properties())
        .Select(property => property.Name);

    private static string[] Names { get; } = [.. All.Keys];

    /// <summary>The examples of the document, and random JSON for each type.</summary>
    public static IEnumerable<FuzzInput> Seeds()
    {
        foreach (var example in DocumentExample.All)
        {
            if (TogetherDocument.NameOf(example.Schema) is { } name && All.ContainsKey(name))
            {
                yield return Input(name, example.Value.ToString(Newtonsoft.Json.Formatting.None));
            }
        }

        var random = new Random(Seed);
        foreach (var (name, type) in All)
        {
            for (var i = 0; i < RandomInputs; i++)
            {
                yield return Input(name, new RandomJson(random).Conforming(type.Type));
                yield return Input(name, new RandomJson(random).Document(type.Type));
            }

            if (!typeof(IExtensible).IsAssignableFrom(type.Type))
            {
                foreach (var json in SmallInputs)
                {
                    yield return Input(name, json);
                }
            }
        }
    }

    /// <summary>The name of any type.</summary>
    public static string ChooseName(Random random) => Names[random.Next(Names.Length)];

    private static FuzzInput Input(string name, string json) => new(name, Encoding.UTF8.GetBytes(json));
}
