using Microsoft.CodeAnalysis;

namespace TogetherAI.FieldGenerator;

/// <summary>Tells the kinds of types apart that the client is generated with.</summary>
internal static class DocumentTypes
{
    /// <summary>Whether a type is an extensible enum: a type around a text.</summary>
    public static bool IsWord(ITypeSymbol type)
        => type is INamedTypeSymbol named
            && named.GetMembers("Value").OfType<IPropertySymbol>().Any(static value => IsText(value.Type))
            && named.InstanceConstructors.Any(static constructor => constructor.Parameters.Length == 1 && IsText(constructor.Parameters[0].Type));

    /// <summary>Whether a type reads and writes itself.</summary>
    public static bool IsGenerated(ITypeSymbol type)
        => type.GetAttributes().Any(static attribute =>
            attribute.AttributeClass?.Name == "JsonConverterAttribute" && attribute.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol { Name: "TogetherAIJsonConverter" });

    /// <summary>Whether values of another type convert to a type.</summary>
    public static bool ConvertsFrom(ITypeSymbol type, params SpecialType[] sources)
        => type.GetMembers(WellKnownMemberNames.ImplicitConversionName).OfType<IMethodSymbol>()
            .Any(conversion => sources.Contains(ValueOf(conversion.Parameters[0].Type).SpecialType));

    /// <summary>The values of a type that it has as static properties.</summary>
    public static IEnumerable<IPropertySymbol> KnownValuesOf(ITypeSymbol type)
        => type.GetMembers().OfType<IPropertySymbol>()
            .Where(property => property is { IsStatic: true, DeclaredAccessibility: Accessibility.Public } && SymbolEqualityComparer.Default.Equals(property.Type, type));

    public static bool IsBytes(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "ReadOnlyMemory" } memory && memory.TypeArguments[0].SpecialType == SpecialType.System_Byte;

    public static bool IsTimeSpan(ITypeSymbol type) => type.ToDisplayString() == "System.TimeSpan";

    /// <summary>The type of the elements of a list; null where the type is none.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { Name: "IList" or "List" or "IReadOnlyList", Arity: 1 } list => list.TypeArguments[0],
        _ => null,
    };

    /// <summary>The type of the values of a map with texts as keys; null where the type is none.</summary>
    public static ITypeSymbol? MapValueOf(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "IDictionary" or "Dictionary" or "IReadOnlyDictionary", Arity: 2 } map && IsText(map.TypeArguments[0]) ? map.TypeArguments[1] : null;

    /// <summary>Whether a type is free-form JSON.</summary>
    public static bool IsFreeForm(ITypeSymbol? type)
        => type is not null && (type is { Name: "JToken", ContainingNamespace.Name: "Linq" } || IsFreeForm(type.BaseType));

    /// <summary>Whether a type is that of texts.</summary>
    public static bool IsText(ITypeSymbol type) => type.SpecialType == SpecialType.System_String;

    private static ITypeSymbol ValueOf(ITypeSymbol type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
}
