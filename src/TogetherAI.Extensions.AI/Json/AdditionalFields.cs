using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Extensions.AI.Json;

/// <summary>Additional properties of Microsoft.Extensions.AI as fields of JSON, and back.</summary>
internal static class AdditionalFields
{
    /// <summary>Adds the fields that the API description does not know; null erases nothing.</summary>
    public static AdditionalPropertiesDictionary? Add(AdditionalPropertiesDictionary? properties, IDictionary<string, JToken> fields)
    {
        foreach (var field in fields)
        {
            properties = Add(properties, field.Key, field.Value);
        }

        return properties;
    }

    public static AdditionalPropertiesDictionary? Add(AdditionalPropertiesDictionary? properties, string name, JToken? value)
    {
        if (value is not (null or JValue { Value: null }))
        {
            (properties ??= [])[name] = JsonConversion.ToValue(value);
        }

        return properties;
    }

    /// <summary>Sets fields of a request from the additional properties of options, all of which must be JSON.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="properties">The properties; null for none.</param>
    /// <param name="owner">The type of the options, for messages.</param>
    /// <exception cref="ArgumentException">A property cannot be converted to JSON.</exception>
    public static void Send(IDictionary<string, JToken> fields, AdditionalPropertiesDictionary? properties, string owner)
    {
        foreach (var property in properties ?? [])
        {
            fields[property.Key] = JsonConversion.ToToken(property.Value, $"{owner}.AdditionalProperties[\"{property.Key}\"]");
        }
    }

    /// <summary>
    /// Copies properties of messages and contents. Only JSON is sent: other objects, and names that begin with an underscore,
    /// are the notes of programs and of libraries such as agents.
    /// </summary>
    public static void CopyTo(IDictionary<string, JToken> fields, IEnumerable<KeyValuePair<string, object?>>? properties, params string[] except)
    {
        foreach (var property in properties ?? [])
        {
            if (!property.Key.StartsWith("_", StringComparison.Ordinal)
                && Array.IndexOf(except, property.Key) < 0
                && JsonConversion.TryToToken(property.Value, out var token))
            {
                fields[property.Key] = token;
            }
        }
    }
}
