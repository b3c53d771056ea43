using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A price: a number (0 if there is none), or price details.</summary>
[JsonConverter(typeof(Converter))]
public sealed class ModelPrice : IUnion
{
    private readonly object _value;

    private ModelPrice(object value) => _value = value;

    /// <summary>Gets the number; null if the price has details.</summary>
    public decimal? Amount => _value as decimal?;

    /// <summary>Gets the details; null if the price is a number.</summary>
    public ModelPriceDetails? Details => _value as ModelPriceDetails;

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    /// <summary>Creates a value from a number.</summary>
    public static implicit operator ModelPrice(decimal amount) => new(amount);

    /// <summary>Creates a value from price details.</summary>
    [return: NotNullIfNotNull(nameof(details))]
    public static implicit operator ModelPrice?(ModelPriceDetails? details)
        => details is null ? null : new(details);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="amount">The price.</param>
    public static ModelPrice FromAmount(decimal amount) => new(amount);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="details">The price details.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ModelPrice FromDetails(ModelPriceDetails details) => new(details ?? throw new ArgumentNullException(nameof(details)));

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static ModelPrice FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>The number, or the description as JSON.</summary>
    public override string ToString()
        => Amount?.ToString(CultureInfo.InvariantCulture) ?? JToken.FromObject(_value, ApiJson.Writer).ToString(Formatting.None);

    internal sealed class Converter : UnionConverter<ModelPrice>
    {
        protected override ModelPrice Create(JToken json) => json switch
        {
            JValue { Type: JTokenType.Float or JTokenType.Integer } when TryRead<decimal>(json, out var amount) => amount,
            JObject when As<ModelPriceDetails>(json) is { } details => details,
            _ => new ModelPrice(json),
        };
    }
}
