using Microsoft.CodeAnalysis;

namespace TogetherAI.FieldGenerator;

/// <summary>Generates what a server has to know of the fields of requests: their names, whether they are required, and the kinds of their values.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class FieldTypesGenerator : IIncrementalGenerator
{
    private const string Vocabulary = "TogetherAI.LocalServer.Http";
    private const string Attribute = Vocabulary + ".GenerateFieldTypesAttribute`1";

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parts = context.SyntaxProvider.ForAttributeWithMetadataName(Attribute, static (_, _) => true, static (context, _) => Create(context));
        context.RegisterSourceOutput(parts, static (output, part) => output.AddSource(part.Name, part.Source));
    }

    private static (string Name, string Source) Create(GeneratorAttributeSyntaxContext context)
    {
        // Fields that the client sets itself, such as the one for a stream, are internal, and so otherwise not seen.
        var compilation = context.SemanticModel.Compilation;
        var all = compilation.WithOptions(compilation.Options.WithMetadataImportOptions(MetadataImportOptions.All));
        var target = (INamedTypeSymbol)context.TargetSymbol;
        INamedTypeSymbol[] requests = [.. GeneratedPart.RequestsOf(context)];
        string[] expressions = [.. requests.Select(request => Expression(all.GetTypeByMetadataName(request.ToDisplayString())!))];
        return ($"{target.Name}.g.cs", GeneratedPart.Of(target, Vocabulary, "FieldTypes", requests, expressions).ToString());
    }

    // What is on the wire of a field has an underscore in its name, where callers see another type.
    private static string Expression(INamedTypeSymbol request)
        => $"new([{string.Concat(WireProperty.Of(request).Where(static field => !field.Property.Name.Contains("_")).Select(static field => $"\n        new({GeneratedPart.Literal(field.WireName)}, FieldKind.{KindOf(field.Type)}, {(field.IsRequired ? "true" : "false")}),"))}\n    ])";

    private static string KindOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => "Text",
        SpecialType.System_Boolean => "Boolean",
        SpecialType.System_Int32 => "Int32",
        // Seeds, which callers may give longer; the server counts on from them.
        SpecialType.System_Int64 or SpecialType.System_Decimal => "Int64",
        SpecialType.System_Double => "Double",
        _ when DocumentTypes.IsBytes(type) || DocumentTypes.IsTimeSpan(type) || DocumentTypes.IsWord(type) => "Text",
        _ when type is not IArrayTypeSymbol && DocumentTypes.ElementOf(type) is { } element && DocumentTypes.IsText(element) => "Texts",
        _ => "Other",
    };
}
