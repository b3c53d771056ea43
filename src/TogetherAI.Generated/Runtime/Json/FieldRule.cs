#if NET8_0_OR_GREATER
namespace TogetherAI.Runtime.Json;

/// <summary>What holds for a field of a generated type where its value is missing, or is not of the kind that the document says.</summary>
[Flags]
internal enum FieldRule : byte
{
    /// <summary>It may be missing; a value of another kind is kept as JSON. See <see cref="MismatchRule.Keep"/>.</summary>
    None = 0,

    /// <summary>An object without it cannot be read.</summary>
    Required = 1,

    /// <summary>An empty text is a value; elsewhere it stands for null.</summary>
    EmptyText = 2,

    /// <summary>See <see cref="MismatchRule.Fail"/>.</summary>
    Fail = 4,

    /// <summary>See <see cref="MismatchRule.JsonText"/>.</summary>
    JsonText = 8,

    /// <summary>See <see cref="MismatchRule.TextParts"/>.</summary>
    TextParts = 16,

    /// <summary>An empty text counts as given even where reading is strict.</summary>
    Text = 32,
}
#endif
