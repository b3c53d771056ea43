using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>
/// What an item says: a text, or parts. A string, an array of parts and a collection expression convert to it.
/// </summary>
[JsonConverter(typeof(Converter))]
[CollectionBuilder(typeof(ResponseContent), nameof(Create))]
public sealed class ResponseContent : IUnion, IValidated, IEnumerable<ResponseContentPart>
{
    private readonly object _value;
    private string? _text;

    private ResponseContent(object value) => _value = value;

    /// <summary>
    /// The text: that of the content, or the texts of its parts one after another; null where there is none.
    /// </summary>
    public string? Text => _text ??= _value switch
    {
        string text => text,
        ResponseContentPart[] parts when Array.Exists(parts, static part => part.Text is not null)
            => string.Concat(parts.Select(static part => part.Text)),
        _ => null,
    };

    /// <summary>The parts; null where the content is a text.</summary>
    public IReadOnlyList<ResponseContentPart>? Parts => _value as ResponseContentPart[];

    /// <summary>The JSON of a value that is none of the known types; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> where it is none of the known types.</summary>
    public object Value => _value;

    /// <summary>Takes a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator ResponseContent?(string? text)
        => text is null ? null : new(text);

    /// <summary>Takes parts.</summary>
    [return: NotNullIfNotNull(nameof(parts))]
    public static implicit operator ResponseContent?(ResponseContentPart[]? parts)
        => parts is null ? null : Create(parts);

    /// <summary>Takes parts.</summary>
    [return: NotNullIfNotNull(nameof(parts))]
    public static implicit operator ResponseContent?(List<ResponseContentPart>? parts)
        => parts is null ? null : Create(parts.ToArray());

    /// <summary>Creates a value of this type.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseContent FromText(string text) => new(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="parts">The parts, in the order in which the model shall see them.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseContent FromParts(IEnumerable<ResponseContentPart> parts) => Create((parts ?? throw new ArgumentNullException(nameof(parts))).ToArray());

    /// <summary>Creates a value of a type that is not known here.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static ResponseContent FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>Takes parts; collection expressions call it.</summary>
    /// <param name="parts">The parts, in the order in which the model shall see them.</param>
    public static ResponseContent Create(ReadOnlySpan<ResponseContentPart> parts) => new(parts.ToArray());

    /// <summary>Goes through the parts; a text alone is one part.</summary>
    public IEnumerator<ResponseContentPart> GetEnumerator()
    {
        IEnumerable<ResponseContentPart> parts = _value switch
        {
            string text => [ResponseContentPart.FromInputText(text)],
            ResponseContentPart[] several => several,
            _ => [],
        };
        return parts.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text, or the JSON of a content without text.</summary>
    public override string ToString() => Text ?? Unknown?.ToString(Formatting.None) ?? "";

    void IValidated.Validate(string path) => Validation.Nested(Parts, path, nameof(Parts));

    internal sealed class Converter : UnionConverter<ResponseContent>
    {
        protected override ResponseContent Create(JToken json) => json switch
        {
            JValue { Value: string text } => text,
            JArray when As<ResponseContentPart[]>(json) is { } parts && Array.TrueForAll(parts, static part => part is not null) => parts,
            _ => new ResponseContent(json),
        };
    }
}
