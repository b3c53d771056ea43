using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace TogetherAI.Generator.Naming;

/// <summary>
/// Names that no schema's class can have without hiding a type that hand-written code of the client means: the types that
/// it declares, and those of the namespaces that it uses.
/// </summary>
internal static partial class ReservedNames
{
    // Of TogetherAI.Runtime.Json: what stands in the namespace of the client, and that namespace itself.
    private const int NamespacesInSight = 2;

    // What a project has without saying so.
    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    // Those of NSwag, which it leaves out or writes itself, and the beginnings of the namespaces in generated code.
    private static readonly string[] OfGeneratedCode = ["FileResponse", "FileParameter", GeneratorSettings.FileUpload, "System", "Newtonsoft"];

    // Packages are not at hand here as .NET itself is.
    private static readonly Dictionary<string, string[]> OfPackages = new()
    {
        ["Newtonsoft.Json"] =
        [
            "Formatting", "JsonConstructor", "JsonConvert", "JsonConverter", "JsonException", "JsonExtensionData", "JsonIgnore", "JsonObject", "JsonProperty",
            "JsonReader", "JsonReaderException", "JsonRequired", "JsonSerializationException", "JsonSerializer", "JsonSerializerSettings", "JsonTextReader",
            "JsonTextWriter", "JsonToken", "JsonWriter", "JsonWriterException", "MemberSerialization", "NullValueHandling", "Required",
        ],
        ["Newtonsoft.Json.Linq"] = ["JArray", "JContainer", "JObject", "JProperty", "JToken", "JTokenReader", "JTokenType", "JTokenWriter", "JValue", "JsonLoadSettings"],
        ["Newtonsoft.Json.Serialization"] = ["DefaultContractResolver", "IContractResolver", "JsonContract", "JsonObjectContract", "JsonArrayContract"],
        ["Polly"] = ["ResiliencePipeline", "ResiliencePipelineBuilder", "ResilienceContext", "Outcome", "PredicateBuilder"],
        ["Polly.Retry"] = ["RetryStrategyOptions"],
    };

    /// <summary>Collects the names.</summary>
    /// <param name="sources">The folder of the client's hand-written code; null where there is none.</param>
    public static HashSet<string> Of(string? sources)
    {
        var names = new HashSet<string>(OfGeneratedCode, StringComparer.Ordinal);
        var namespaces = new HashSet<string>(ImplicitUsings, StringComparer.Ordinal);
        foreach (var file in FilesOf(sources))
        {
            var text = File.ReadAllText(file);
            names.UnionWith(Declaration().Matches(text).Where(static match => !match.Groups["modifiers"].Value.Contains("partial", StringComparison.Ordinal)).Select(static match => match.Groups["name"].Value));
            namespaces.UnionWith(Using().Matches(text).Select(static match => match.Groups["name"].Value));
            names.UnionWith(Namespace().Matches(text).SelectMany(static match => match.Groups["name"].Value.Split('.').Take(NamespacesInSight)));
        }

        names.UnionWith(namespaces.Where(OfPackages.ContainsKey).SelectMany(static name => OfPackages[name]));
        names.UnionWith(TypesOf(namespaces));
        return names;
    }

    [GeneratedRegex(@"^(?<modifiers>(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe)\s+)*)(?:class|struct|interface|enum|record(?:\s+(?:struct|class))?|delegate\s+[^\s(]+)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?:global\s+)?using\s+(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    private static IEnumerable<string> FilesOf(string? sources)
        => sources is null || !Directory.Exists(sources) ? [] : Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(sources, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    // The public types of .NET, from the assemblies that this program runs on.
    private static IEnumerable<string> TypesOf(HashSet<string> namespaces)
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (var path in Directory.EnumerateFiles(folder, "System.*.dll"))
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata)
            {
                continue;
            }

            var metadata = file.GetMetadataReader();
            foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
            {
                if ((type.Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public
                    && namespaces.Contains(metadata.GetString(type.Namespace)))
                {
                    var name = metadata.GetString(type.Name).Split('`')[0];
                    yield return name;
                    if (name.EndsWith("Attribute", StringComparison.Ordinal))
                    {
                        yield return name[..^"Attribute".Length];
                    }
                }
            }
        }
    }
}
