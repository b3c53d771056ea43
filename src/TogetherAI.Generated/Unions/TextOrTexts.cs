using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>One text, or several. A string, an array of strings and a collection expression convert to it.</summary>
/// <remarks>It is sent as it was made: a single string as a string, anything else as an array.</remarks>
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

    /// <summary>The JSON of a value that is none of the known types; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> where it is none of the known types.</summary>
    public object Value => _value;

    /// <summary>Takes one text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator TextOrTexts?(string? text)
        => text is null ? null : new(text, [text]);

    /// <summary>Takes several texts.</summary>
    [return: NotNullIfNotNull(nameof(texts))]
    public static implicit operator TextOrTexts?(string[]? texts)
        => texts is null ? null : Create(texts);

    /// <summary>Takes several texts.</summary>
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

    /// <summary>Creates a value of a type that is not known here.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static TextOrTexts FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)), []);

    /// <summary>Takes several texts; collection expressions call it.</summary>
    /// <param name="texts">The texts, which are copied.</param>
    public static TextOrTexts Create(ReadOnlySpan<string> texts)
    {
        var copy = texts.ToArray();
        return new TextOrTexts(copy, copy);
    }

    /// <summary>Goes through the texts.</summary>
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
