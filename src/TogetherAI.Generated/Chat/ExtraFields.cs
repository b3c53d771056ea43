using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

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

        var contract = (JsonObjectContract)WireContractResolver.Instance.ResolveContract(typeof(T));
        foreach (var field in extra)
        {
            if (contract.Properties.GetClosestMatchProperty(field.Key)?.ValueProvider?.GetValue(target) is null)
            {
                contract.ExtensionDataSetter!(target, field.Key, field.Value?.DeepClone());
            }
        }
    }
}
