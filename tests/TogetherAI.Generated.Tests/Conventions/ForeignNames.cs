using System.Reflection;

namespace TogetherAI.Tests.Conventions;

/// <summary>The names of types that programs see beside ours without asking for them.</summary>
internal static class ForeignNames
{
    // What <ImplicitUsings> imports, the last eight for web programs.
    private static readonly HashSet<string> ImplicitNamespaces =
    [
        "System",
        "System.IO",
        "System.Linq",
        "System.Net.Http",
        "System.Threading",
        "System.Threading.Tasks",
        "System.Collections.Generic",
        "System.Net.Http.Json",
        "Microsoft.AspNetCore.Builder",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging",
    ];

    public static IReadOnlySet<string> OfMicrosoftExtensionsAI { get; } =
        NamesIn([Assembly.Load("Microsoft.Extensions.AI.Abstractions"), Assembly.Load("Microsoft.Extensions.AI")], space => space == "Microsoft.Extensions.AI");

    public static IReadOnlySet<string> OfImplicitNamespaces { get; } =
        NamesIn(FrameworkAssemblies(typeof(object)).Concat(FrameworkAssemblies(typeof(Microsoft.AspNetCore.Http.HttpContext))), ImplicitNamespaces.Contains);

    private static IEnumerable<Assembly> FrameworkAssemblies(Type type)
        => from path in Directory.GetFiles(Path.GetDirectoryName(type.Assembly.Location)!, "*.dll")
           let name = Path.GetFileNameWithoutExtension(path)
           where name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
           select Assembly.Load(name);

    private static HashSet<string> NamesIn(IEnumerable<Assembly> assemblies, Predicate<string> isMeant)
        => [.. assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsNested && isMeant(type.Namespace ?? "")).Select(type => type.Name.Split('`')[0])];
}
