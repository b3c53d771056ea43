namespace TogetherAI.Runtime.Json;

/// <summary>
/// A text that servers send under one of several names; generated for a field with aliases. The name that it came with is
/// kept, so that it is written under that name again.
/// </summary>
/// <remarks>Invariant: the value is null, the text of one name, or <see cref="SeveralTexts"/>.</remarks>
internal struct AliasedText
{
    private object? _value;
    private int _name;

    /// <summary>Creates what came under several names.</summary>
    public AliasedText(SeveralTexts several) => _value = several;

    /// <summary>
    /// The text of all names, once where several have the same. A text that is set takes the name of the one before it, or
    /// the first one.
    /// </summary>
    public string? Text
    {
        readonly get => _value as string ?? (_value as SeveralTexts)?.Joined;
        set
        {
            if (value is null || value != Text)
            {
                (_value, _name) = (value, value is null ? 0 : Name);
            }
        }
    }

    /// <summary>The position of the name that the text came with; of several, the first one with a text.</summary>
    public readonly int Name => (_value as SeveralTexts)?.Name ?? _name;

    /// <summary>How many names may have a text.</summary>
    public readonly int Count => _value is null ? 0 : (_value as SeveralTexts)?.Count ?? _name + 1;

    /// <summary>The text of one name, as it is on the wire.</summary>
    /// <param name="name">The position of the name in the document.</param>
    public string? this[int name]
    {
        readonly get => _value is string text ? (name == _name ? text : null) : (_value as SeveralTexts)?[name];
        set
        {
            if (_value is null || (_value is string && _name == name))
            {
                (_value, _name) = (value, value is null ? 0 : name);
            }
            else if (value is not null || _value is SeveralTexts)
            {
                _value = (_value as SeveralTexts ?? new SeveralTexts(_name, (string)_value)).With(name, value);
            }
        }
    }
}
