using Microsoft.CodeAnalysis;

namespace TogetherAI.FieldGenerator;

/// <summary>A property of a generated type that is a field of its JSON.</summary>
internal sealed class WireProperty
{
    private const string NameAttribute = "Newtonsoft.Json.JsonPropertyAttribute";
    private const string DescriptionAttribute = "System.ComponentModel.DescriptionAttribute";

    // Newtonsoft.Json.Required.Always.
    private const int Always = 2;

    private WireProperty(IPropertySymbol property, AttributeData name, string wireName)
    {
        Property = property;
        WireName = wireName;
        IsRequired = name.NamedArguments.Any(static argument => argument is { Key: "Required", Value.Value: Always });
        Description = Find(property, DescriptionAttribute)?.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        Type = property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : property.Type;
    }

    public IPropertySymbol Property { get; }

    public string WireName { get; }

    public bool IsRequired { get; }

    public string Description { get; }

    /// <summary>Its type; of a nullable value, that of the value.</summary>
    public ITypeSymbol Type { get; }

    /// <summary>The fields of a type, in the order of the document.</summary>
    public static IEnumerable<WireProperty> Of(INamedTypeSymbol type)
        => from property in type.GetMembers().OfType<IPropertySymbol>()
           where !property.IsStatic
           let name = Find(property, NameAttribute)
           let wireName = name?.ConstructorArguments.FirstOrDefault().Value as string
           where wireName is not null
           select new WireProperty(property, name, wireName);

    private static AttributeData? Find(ISymbol symbol, string attribute)
        => symbol.GetAttributes().FirstOrDefault(data => data.AttributeClass?.ToDisplayString() == attribute);
}
