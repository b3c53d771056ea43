using Newtonsoft.Json;

namespace TogetherAI;

public sealed partial class TextOrTexts
{
    private IReadOnlyList<string>? _texts;

    /// <summary>The texts, also where there is only one.</summary>
    public IReadOnlyList<string> Texts => _texts ??= _value as string[] ?? (_value is string text ? [text] : []);

    /// <summary>Enumerates the strings.</summary>
    public IEnumerator<string> GetEnumerator() => Texts.GetEnumerator();

    /// <summary>The texts, separated by commas.</summary>
    public override string ToString() => Unknown?.ToString(Formatting.None) ?? string.Join(", ", Texts);
}
