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
/// What a model responds to: a text, or items. A string, an array of items and a collection expression convert to it.
/// </summary>
[JsonConverter(typeof(Converter))]
[CollectionBuilder(typeof(ResponseInput), nameof(Create))]
public sealed class ResponseInput : IUnion, IValidated, IEnumerable<ResponseItem>
{
    private readonly object _value;

    private ResponseInput(object value) => _value = value;

    /// <summary>The text; null where the input is items.</summary>
    public string? Text => _value as string;

    /// <summary>The items; null where the input is a text.</summary>
    public IReadOnlyList<ResponseItem>? Items => _value as ResponseItem[];

    /// <summary>The JSON of a value that is none of the known types; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> where it is none of the known types.</summary>
    public object Value => _value;

    /// <summary>Takes a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator ResponseInput?(string? text)
        => text is null ? null : new(text);

    /// <summary>Takes items.</summary>
    [return: NotNullIfNotNull(nameof(items))]
    public static implicit operator ResponseInput?(ResponseItem[]? items)
        => items is null ? null : Create(items);

    /// <summary>Takes items.</summary>
    [return: NotNullIfNotNull(nameof(items))]
    public static implicit operator ResponseInput?(List<ResponseItem>? items)
        => items is null ? null : Create(items.ToArray());

    /// <summary>Creates a value of this type.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseInput FromText(string text) => new(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="items">The items, in the order in which the model shall see them.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ResponseInput FromItems(IEnumerable<ResponseItem> items) => Create((items ?? throw new ArgumentNullException(nameof(items))).ToArray());

    /// <summary>Creates a value of a type that is not known here.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static ResponseInput FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>Takes items; collection expressions call it.</summary>
    /// <param name="items">The items, in the order in which the model shall see them.</param>
    public static ResponseInput Create(ReadOnlySpan<ResponseItem> items) => new(items.ToArray());

    /// <summary>Goes through the items; a text alone is one item, a message of the user.</summary>
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
