using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>Writes the value of a union for people.</summary>
internal static class UnionText
{
    public static string Of(object value) => value switch
    {
        string text => text,
        IOpenWord word => word.ToString()!,
        JToken json => json.ToString(Formatting.None),
        IConvertible number => number.ToString(CultureInfo.InvariantCulture),
        _ => ApiJson.Text(value),
    };
}
