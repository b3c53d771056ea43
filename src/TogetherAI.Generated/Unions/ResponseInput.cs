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
/// The input of a response: a string or items. A string, an array of items and a collection expression convert to it.
/// </summary>
[JsonConverter(typeof(Converter))]
[CollectionBuilder(typeof(ResponseInput), nameof(Create))]
public sealed class ResponseInput : IUnion, IValidated, IEnumerable<ResponseItem>
{
    private readonly object _value;

    private ResponseInput(object value) => _value = value;

    /// <summary>Gets the string; null if the input is a list of items.</summary>
    public string? Text => _value as string;

    /// <summary>Gets the items; null if the input is a string.</summary>
    public IReadOnlyList<ResponseItem>? Items => _value as ResponseItem[];

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    /// <summary>Creates a value from a string.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator ResponseInput?(string? text)
        => text is null ? null : new(text);

    /// <summary>Creates a value from items.</summary>
    [return: NotNullIfNotNull(nameof(items))]
    public static implicit operator ResponseInput?(ResponseItem[]? items)
        => items is null ? null : Create(items);

    /// <summary>Creates a value from items.</summary>
    [return: NotNullIfNotNull(nameof(items))]
    public static implicit operator ResponseInput?(List<ResponseItem>? items)
        => items is null ? null : Create(items.ToArray());

    /// <summary>Creates a value of this type.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseInput FromText(string text) => new(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="items">The items, in order.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseInput FromItems(IEnumerable<ResponseItem> items) => Create((items ?? throw new ArgumentNullException(nameof(items))).ToArray());

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static ResponseInput FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>Creates a value from items, for collection expressions.</summary>
    /// <param name="items">The items, in order.</param>
    public static ResponseInput Create(ReadOnlySpan<ResponseItem> items) => new(items.ToArray());

    /// <summary>Enumerates the items; a string is one item, a user message.</summary>
    public IEnumerator<ResponseItem> GetEnumerator()
    {
        IEnumerable<ResponseItem> items = _value switch
        {
            string text => [ResponseItem.FromUser(text)],
            ResponseItem[] several => several,
            _ => [],
        };
        return items.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text, or the JSON of an input without one.</summary>
    public override string ToString() => Text ?? Unknown?.ToString(Formatting.None) ?? "";

    void IValidated.Validate(string path) => Validation.Nested(Items, path, nameof(Items));

    internal sealed class Converter : UnionConverter<ResponseInput>
    {
        protected override ResponseInput Create(JToken json) => json switch
        {
            JValue { Value: string text } => text,
            JArray when As<ResponseItem[]>(json) is { } items && Array.TrueForAll(items, static item => item is not null) => items,
            _ => new ResponseInput(json),
        };
    }
}
