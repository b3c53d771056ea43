using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A document to rank: a string or an object. A string and a <see cref="JObject"/> convert to it.</summary>
[JsonConverter(typeof(Converter))]
public sealed class RerankDocument : IUnion
{
    private readonly object _value;

    private RerankDocument(object value) => _value = value;

    /// <summary>Gets the string; null if the document is an object.</summary>
    public string? Text => _value as string;

    /// <summary>Gets the object; null if the document is a string.</summary>
    public JObject? Fields => _value as JObject;

    /// <summary>The JSON of a value that is neither a text nor an object; otherwise null.</summary>
    public JToken? Unknown => Fields is null ? _value as JToken : null;

    /// <summary>Gets the value: a string or a <see cref="JToken"/>.</summary>
    public object Value => _value;

    /// <summary>Creates a value from a string.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator RerankDocument?(string? text)
        => text is null ? null : new(text);

    /// <summary>Creates a value from a JSON object.</summary>
    [return: NotNullIfNotNull(nameof(document))]
    public static implicit operator RerankDocument?(JObject? document)
        => document is null ? null : new(document);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static RerankDocument FromText(string text) => new(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="document">The JSON object.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static RerankDocument FromFields(JObject document) => new(document ?? throw new ArgumentNullException(nameof(document)));

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static RerankDocument FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>Creates a value from an object, whose properties become the fields.</summary>
    /// <param name="document">The object, which is serialized with Newtonsoft.Json.</param>
    public static RerankDocument FromObject(object document)
        => JObject.FromObject(document ?? throw new ArgumentNullException(nameof(document)), ApiJson.Writer);

    /// <summary>The text, or the object as JSON.</summary>
    public override string ToString() => Text ?? ((JToken)_value).ToString(Formatting.None);

    internal sealed class Converter : UnionConverter<RerankDocument>
    {
        protected override RerankDocument Create(JToken json)
            => json is JValue { Value: string text } ? text : new RerankDocument(json);
    }
}
