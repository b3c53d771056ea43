using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads objects of which not every field is of the kind that the document says. A field that is not required and cannot be
/// read is kept as JSON; see <see cref="MismatchRule"/> for those that are treated in another way.
/// </summary>
/// <remarks>It reads from JSON that has been parsed, by way of a <see cref="JTokenReader"/>.</remarks>
[RequiresUnreferencedCode(NewtonsoftJson.Reason)]
[RequiresDynamicCode(NewtonsoftJson.Reason)]
internal sealed class LenientObjectConverter : JsonConverter
{
    public override bool CanWrite => false;

    public override bool CanConvert(Type objectType) => typeof(IExtensible).IsAssignableFrom(objectType);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        var json = ((JTokenReader)reader).CurrentToken!;
        var path = reader.Path;
        reader.Skip();
        return json switch
        {
            JObject fields => ReadObject(fields, path, (JsonObjectContract)serializer.ContractResolver.ResolveContract(objectType), serializer),
            // As everywhere in Newtonsoft.Json, an empty text is null where it stands for something else.
            JValue { Value: null or "" } => null,
            _ => throw new JsonSerializationException($"The value at '{path}' is not an object."),
        };
    }

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        => throw new NotSupportedException("This converter only reads.");

    private static object ReadObject(JObject fields, string path, JsonObjectContract contract, JsonSerializer serializer)
    {
        var result = contract.DefaultCreator!();
        var given = new HashSet<JsonProperty>();
        foreach (var field in fields.Properties())
        {
            if (contract.Properties.GetClosestMatchProperty(field.Name) is { Ignored: false } property)
            {
                given.Remove(property);
                if (ReadField(result, property, field.Value, contract, serializer) is not null)
                {
                    given.Add(property);
                }
            }
            else
            {
                Keep(result, contract, field.Name, field.Value);
            }
        }

        foreach (var property in contract.Properties)
        {
            if (property.Required == Required.Always && !given.Contains(property))
            {
                throw new JsonSerializationException($"Required property '{property.PropertyName}' not found in JSON, or null. Path '{path}'.");
            }
        }

        return result;
    }

    private static object? ReadField(object result, JsonProperty property, JToken json, JsonObjectContract contract, JsonSerializer serializer)
    {
        // Of a name that comes twice, the last one counts.
        ((IExtensible)result).Extra?.Remove(property.PropertyName!);
        object? value = null;
        try
        {
            value = Convert(json, property, serializer);
        }
        catch (JsonException) when (property.Required != Required.Always && TryReplace(json, RuleOf(property), out value, out var isKept))
        {
            if (isKept)
            {
                Keep(result, contract, property.PropertyName!, json);
            }
        }

        property.ValueProvider!.SetValue(result, value);
        return value;
    }

    private static object? Convert(JToken json, JsonProperty property, JsonSerializer serializer)
    {
        // What Newtonsoft.Json says of it is long, and names the path at its end.
        if (serializer.ContractResolver.ResolveContract(property.PropertyType!) is JsonArrayContract { Converter: null } && json is not (JArray or JValue { Value: null or "" }))
        {
            throw new JsonSerializationException($"The value at '{json.Path}' is not an array.");
        }

        using var reader = new JTokenReader(json);
        try
        {
            if (property.Converter is { CanRead: true } converter)
            {
                reader.Read();
                return converter.ReadJson(reader, property.PropertyType!, existingValue: null, serializer);
            }

            return serializer.Deserialize(reader, property.PropertyType);
        }
        catch (Exception exception) when (exception is OverflowException or FormatException or InvalidCastException)
        {
            throw new JsonSerializationException($"The value at '{json.Path}' does not fit.", exception);
        }
    }

    // In a filter, so that an exception that nothing is done about keeps its place.
    private static bool TryReplace(JToken json, MismatchRule rule, out object? value, out bool isKept)
    {
        value = null;
        isKept = rule != MismatchRule.JsonText;
        switch (rule)
        {
            case MismatchRule.JsonText:
                value = json.ToString(Formatting.None);
                return true;
            case MismatchRule.TextParts when MismatchedText.IsText(json):
                value = MismatchedText.Of((JArray)json);
                return true;
            default:
                return rule == MismatchRule.Keep;
        }
    }

    private static MismatchRule RuleOf(JsonProperty property)
        => property.AttributeProvider?.GetAttributes(typeof(FieldMismatchAttribute), inherit: false).FirstOrDefault() is FieldMismatchAttribute attribute
            ? attribute.Rule
            : MismatchRule.Keep;

    private static void Keep(object result, JsonObjectContract contract, string name, JToken json)
        => contract.ExtensionDataSetter!(result, name, json.DeepClone());
}
