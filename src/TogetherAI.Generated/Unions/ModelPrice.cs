using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A price: a number, 0 where there is none, or a description of what costs what.</summary>
[JsonConverter(typeof(Converter))]
public sealed class ModelPrice : IUnion
{
    private readonly object _value;

    private ModelPrice(object value) => _value = value;

    /// <summary>The number; null where the price is described.</summary>
    public double? Amount => _value as double?;

    /// <summary>The description; null where the price is a number.</summary>
    public ModelPriceDetails? Details => _value as ModelPriceDetails;

    /// <summary>The value where a server sent something else; otherwise null.</summary>
    public JToken? Json => _value as JToken;

    object IUnion.Value => _value;

    /// <summary>Takes a number.</summary>
    public static implicit operator ModelPrice(double amount) => new(amount);

    /// <summary>Takes a description.</summary>
    [return: NotNullIfNotNull(nameof(details))]
    public static implicit operator ModelPrice?(ModelPriceDetails? details)
        => details is null ? null : new(details);

    /// <summary>The number, or the description as JSON.</summary>
    public override string ToString()
        => Amount?.ToString(CultureInfo.InvariantCulture) ?? JToken.FromObject(_value, ApiJson.Writer).ToString(Formatting.None);

    internal sealed class Converter : UnionConverter<ModelPrice>
    {
        protected override ModelPrice Create(JToken json) => json switch
        {
            JValue { Type: JTokenType.Float or JTokenType.Integer } => (double)json,
            JObject when As<ModelPriceDetails>(json) is { } details => details,
            _ => new ModelPrice(json),
        };
    }
}
