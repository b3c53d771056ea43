using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>How this client reads and writes the generated types, where that differs from what a program's own JsonConvert does.</summary>
[RequiresUnreferencedCode(NewtonsoftJson.Reason)]
[RequiresDynamicCode(NewtonsoftJson.Reason)]
internal sealed class WireContractResolver : DefaultContractResolver
{
    /// <summary>The only one: it keeps what it finds out of each type.</summary>
    public static readonly WireContractResolver Instance = new();

    // The types leave their nulls out for the sake of programs that write them; here the serializer decides, which must
    // read a null as the value that it is.
    protected override JsonObjectContract CreateObjectContract(Type objectType)
    {
        var contract = base.CreateObjectContract(objectType);
        contract.ItemNullValueHandling = null;
        return contract;
    }

    // A property that is not for JSON must not take a field whose name differs from its own in case alone.
    protected override IList<JsonProperty> CreateProperties(Type type, MemberSerialization memberSerialization)
        => [.. base.CreateProperties(type, memberSerialization).Where(static property => !property.Ignored)];

    protected override JsonProperty CreateProperty(MemberInfo member, MemberSerialization memberSerialization)
    {
        var property = base.CreateProperty(member, memberSerialization);

        // Newtonsoft.Json would read a number as floating-point for a property that has a converter.
        property.Converter = property.Converter is DecimalConverter ? null : property.Converter;
        if (typeof(IOpenWord).IsAssignableFrom(property.PropertyType) && property.ValueProvider is { } value)
        {
            property.ShouldSerialize = instance => !OpenWords.IsEmpty(value.GetValue(instance));
        }

        return property;
    }
}
