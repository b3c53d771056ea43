using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;
#if !NET8_0_OR_GREATER
using Newtonsoft.Json.Serialization;
#endif

namespace TogetherAI;

/// <summary>Puts together what the pieces of a stream have beside the fields that were read of them.</summary>
internal static class ExtraFields
{
    /// <summary>Takes the fields of a piece; null erases none.</summary>
    public static void Keep(Dictionary<string, JToken> extra, IExtensible? piece)
    {
        foreach (var field in piece?.Extra ?? new Dictionary<string, JToken>())
        {
            if (field.Value is { Type: not JTokenType.Null } || !extra.ContainsKey(field.Key))
            {
                extra[field.Key] = field.Value;
            }
        }
    }

    /// <summary>
    /// Gives the fields to an object. One that could not be read is kept under the name of its property: where that has been
    /// set all the same, the object would have the field twice, and could not be sent back.
    /// </summary>
    public static void CopyUnset<T>(Dictionary<string, JToken> extra, T target)
        where T : IExtensible
    {
        if (extra.Count == 0)
        {
            return;
        }

        var set = SetFieldsOf(target);
        foreach (var field in extra)
        {
            if (!set.Contains(field.Key))
            {
                target.Keep(field.Key, field.Value?.DeepClone() ?? JValue.CreateNull());
            }
        }
    }

#if NET8_0_OR_GREATER
    private static HashSet<string> SetFieldsOf(IExtensible target)
        => new(Utf8Target.FieldsOf((IUtf8Writable)target).Select(static field => field.Key), StringComparer.OrdinalIgnoreCase);
#else
    private static HashSet<string> SetFieldsOf(IExtensible target)
        => new(
            ((JsonObjectContract)WireContractResolver.Instance.ResolveContract(target.GetType())).Properties
                .Where(property => property.ValueProvider?.GetValue(target) is not null)
                .Select(static property => property.PropertyName!),
            StringComparer.OrdinalIgnoreCase);
#endif
}
