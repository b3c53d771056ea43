using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A string or a list of strings. A string, an array of strings and a collection expression convert to it.</summary>
/// <remarks>A value created from a single string is sent as a string, any other as an array.</remarks>
[JsonConverter(typeof(Converter))]
[CollectionBuilder(typeof(TextOrTexts), nameof(Create))]
public sealed class TextOrTexts : IUnion, IEnumerable<string>
{
    private readonly object _value;

    private TextOrTexts(object value, IReadOnlyList<string> texts)
    {
        _value = value;
        Texts = texts;
    }

    /// <summary>The texts, also where there is only one.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    /// <summary>Creates a value from a string.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator TextOrTexts?(string? text)
        => text is null ? null : new(text, [text]);

    /// <summary>Creates a value from several strings.</summary>
    [return: NotNullIfNotNull(nameof(texts))]
    public static implicit operator TextOrTexts?(string[]? texts)
        => texts is null ? null : Create(texts);

    /// <summary>Creates a value from several strings.</summary>
    [return: NotNullIfNotNull(nameof(texts))]
    public static implicit operator TextOrTexts?(List<string>? texts)
        => texts is null ? null : Create(texts.ToArray());

    /// <summary>Creates a value of this type.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static TextOrTexts FromText(string text) => new(text ?? throw new ArgumentNullException(nameof(text)), [text]);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="texts">The texts, which are copied.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static TextOrTexts FromTexts(IEnumerable<string> texts) => Create((texts ?? throw new ArgumentNullException(nameof(texts))).ToArray());

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static TextOrTexts FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)), []);

    /// <summary>Creates a value from several strings, for collection expressions.</summary>
    /// <param name="texts">The texts, which are copied.</param>
    public static TextOrTexts Create(ReadOnlySpan<string> texts)
    {
        var copy = texts.ToArray();
        return new TextOrTexts(copy, copy);
    }

    /// <summary>Enumerates the strings.</summary>
    public IEnumerator<string> GetEnumerator() => Texts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The texts, separated by commas.</summary>
    public override string ToString() => Unknown?.ToString(Formatting.None) ?? string.Join(", ", Texts);

    internal sealed class Converter : UnionConverter<TextOrTexts>
    {
        protected override TextOrTexts Create(JToken json) => json switch
        {
            JValue { Value: string text } => text,
            JArray array when array.All(static item => item.Type == JTokenType.String) => array.Values<string>().ToArray()!,
            _ => new TextOrTexts(json, []),
        };
    }
}
