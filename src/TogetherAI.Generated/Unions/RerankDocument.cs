using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A document to judge: a text, or an object with fields. A string and a <see cref="JObject"/> convert to it.</summary>
[JsonConverter(typeof(Converter))]
public sealed class RerankDocument : IUnion
{
    private readonly object _value;

    private RerankDocument(object value) => _value = value;

    /// <summary>The text; null where the document is an object.</summary>
    public string? Text => _value as string;

    /// <summary>The object, or whatever else a server sent; null where the document is a text.</summary>
    public JToken? Json => _value as JToken;

    object IUnion.Value => _value;

    /// <summary>Takes a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator RerankDocument?(string? text)
        => text is null ? null : new(text);

    /// <summary>Takes an object with fields.</summary>
    [return: NotNullIfNotNull(nameof(document))]
    public static implicit operator RerankDocument?(JObject? document)
        => document is null ? null : new(document);

    /// <summary>Takes an object of the program, whose properties become the fields.</summary>
    /// <param name="document">The object; Newtonsoft.Json's attributes name its fields.</param>
    public static RerankDocument FromObject(object document)
        => JObject.FromObject(document ?? throw new ArgumentNullException(nameof(document)), ApiJson.Writer);

    /// <summary>The text, or the object as JSON.</summary>
    public override string ToString() => Text ?? Json!.ToString(Formatting.None);

    internal sealed class Converter : UnionConverter<RerankDocument>
    {
        protected override RerankDocument Create(JToken json)
            => json is JValue { Value: string text } ? text : new RerankDocument(json);
    }
}
