using System.Collections;
using System.Globalization;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Http;

/// <summary>Gathers what a request has in fields that the document marks as secret.</summary>
internal static class SecretFields
{
    /// <summary>Adds the value of a secret field, or each value of a list.</summary>
    public static void Add(ICollection<string> secrets, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                secrets.Add(text);
                break;
            case IOpenWord word:
                secrets.Add(word.Value);
                break;
            case JContainer json:
                foreach (var part in json.Descendants().OfType<JValue>())
                {
                    Add(secrets, part.Value);
                }

                break;
            case JValue { Value: var inner }:
                Add(secrets, inner);
                break;
            case IUnion union:
                Add(secrets, union.Value);
                break;
            case IDictionary map:
                Add(secrets, map.Values);
                break;
            case IEnumerable items:
                foreach (var item in items)
                {
                    Add(secrets, item);
                }

                break;
            default:
                Add(secrets, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>The same where the field is set by its name on the wire.</summary>
    public static void AddExtra(ICollection<string> secrets, IDictionary<string, JToken>? extra, string field)
    {
        if (extra is not null && extra.TryGetValue(field, out var value))
        {
            Add(secrets, value);
        }
    }

    /// <summary>Adds the secrets of an object, of the items of a list or of the values of a dictionary; others have none.</summary>
    public static void AddOf(ICollection<string> secrets, object? value)
    {
        switch (value is IUnion union ? union.Value : value)
        {
            case IHasSecrets one:
                one.AddSecrets(secrets);
                break;
            case IDictionary map:
                AddOf(secrets, map.Values);
                break;
            case IEnumerable items and not (string or byte[] or JToken):
                foreach (var item in items)
                {
                    AddOf(secrets, item);
                }

                break;
        }
    }
}
