using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>The value of a union that needs no reading: JSON itself, or what a JSON value holds. Most values do.</summary>
internal static class UnionValue
{
    /// <summary>Takes the value out of the JSON; false where it must be read.</summary>
    public static bool TryTake<T>(JToken json, [NotNullWhen(true)] out T? value)
    {
        switch (json)
        {
            case T same:
                value = same;
                return true;
            case JValue { Value: T plain }:
                value = plain;
                return true;
            default:
                value = default;
                return false;
        }
    }
}
