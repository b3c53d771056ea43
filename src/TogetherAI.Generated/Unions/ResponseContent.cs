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
/// The content of an item: a string or parts. A string, an array of parts and a collection expression convert to it.
/// </summary>
[JsonConverter(typeof(Converter))]
[CollectionBuilder(typeof(ResponseContent), nameof(Create))]
public sealed class ResponseContent : IUnion, IValidated, IEnumerable<ResponseContentPart>
{
    private readonly object _value;
    private string? _text;

    private ResponseContent(object value) => _value = value;

    /// <summary>
    /// Gets the text: the string, or the concatenated texts of the parts; null if there is none.
    /// </summary>
    public string? Text => _text ??= _value switch
    {
        string text => text,
        ResponseContentPart[] parts when Array.Exists(parts, static part => part.Text is not null)
            => string.Concat(parts.Select(static part => part.Text)),
        _ => null,
    };

    /// <summary>Gets the parts; null if the content is a string.</summary>
    public IReadOnlyList<ResponseContentPart>? Parts => _value as ResponseContentPart[];

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    /// <summary>Creates a value from a string.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator ResponseContent?(string? text)
        => text is null ? null : new(text);

    /// <summary>Creates a value from parts.</summary>
    [return: NotNullIfNotNull(nameof(parts))]
    public static implicit operator ResponseContent?(ResponseContentPart[]? parts)
        => parts is null ? null : Create(parts);

    /// <summary>Creates a value from parts.</summary>
    [return: NotNullIfNotNull(nameof(parts))]
    public static implicit operator ResponseContent?(List<ResponseContentPart>? parts)
        => parts is null ? null : Create(parts.ToArray());

    /// <summary>Creates a value of this type.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseContent FromText(string text) => new(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="parts">The parts, in order.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseContent FromParts(IEnumerable<ResponseContentPart> parts) => Create((parts ?? throw new ArgumentNullException(nameof(parts))).ToArray());

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static ResponseContent FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>Creates a value from parts, for collection expressions.</summary>
    /// <param name="parts">The parts, in order.</param>
    public static ResponseContent Create(ReadOnlySpan<ResponseContentPart> parts) => new(parts.ToArray());

    /// <summary>Enumerates the parts; a string is one part.</summary>
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

    /// <summary>Returns the text, or the JSON of content without text.</summary>
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
