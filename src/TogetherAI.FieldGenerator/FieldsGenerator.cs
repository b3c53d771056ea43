using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TogetherAI.FieldGenerator;

/// <summary>Generates what an option of the tool needs of a field of a request: its name, its description, how its value is read and where it is set.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class FieldsGenerator : IIncrementalGenerator
{
    private const string Vocabulary = "TogetherAI.Cli.Requests";
    private const string Attribute = Vocabulary + ".GenerateFieldsAttribute`1";

    private static readonly DiagnosticDescriptor UnknownType = new(
        "TAIF0001", "Type without an option", "No option can set '{0}' of '{1}': values of '{2}' cannot be read from a command line. Teach OptionTypes to read them.", "Fields", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parts = context.SyntaxProvider.ForAttributeWithMetadataName(Attribute, static (_, _) => true, static (context, _) => Create(context));
        context.RegisterSourceOutput(parts, static (output, part) =>
        {
            output.AddSource(part.Name, part.Source);
            foreach (var (field, request, type) in part.Unknown)
            {
                output.ReportDiagnostic(Diagnostic.Create(UnknownType, Location.None, field, request, type));
            }
        });
    }

    private static (string Name, string Source, ImmutableArray<(string Field, string Request, string Type)> Unknown) Create(GeneratorAttributeSyntaxContext context)
    {
        var target = (INamedTypeSymbol)context.TargetSymbol;
        INamedTypeSymbol[] requests = [.. GeneratedPart.RequestsOf(context)];
        var unknown = ImmutableArray.CreateBuilder<(string, string, string)>();
        string[] expressions = [.. requests.Select(request => Expression(request, field => unknown.Add((field.WireName, request.Name, field.Type.ToDisplayString()))))];
        return ($"{target.Name}.g.cs", GeneratedPart.Of(target, Vocabulary, "FieldDefinition[]", requests, expressions).ToString(), unknown.ToImmutable());
    }

    private static string Expression(INamedTypeSymbol request, Action<WireProperty> isUnknown)
        => $"[{string.Concat(WireProperty.Of(request).Where(IsSettable).Select(field => Field(request, field, isUnknown)))}\n    ]";

    private static bool IsSettable(WireProperty field) => field.Property.SetMethod is { DeclaredAccessibility: Accessibility.Public, IsInitOnly: false };

    private static string Field(INamedTypeSymbol request, WireProperty field, Action<WireProperty> isUnknown)
    {
        if (OptionTypes.Of(field.Type) is not { } type)
        {
            isUnknown(field);
            return "";
        }

        var set = $"static (request, value) => (({GeneratedPart.NameOf(request)})request).{field.Property.Name} = ({GeneratedPart.NameOf(field.Property.Type)})value!";
        return $"\n        new({GeneratedPart.Literal(field.WireName)}, {GeneratedPart.Literal(field.Description)}, {type}, {set}),";
    }
}
