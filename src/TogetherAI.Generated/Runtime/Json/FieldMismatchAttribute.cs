namespace TogetherAI.Runtime.Json;

/// <summary>
/// What is done with a value of a response's field that is of another kind than the document says; generated from
/// <c>x-mismatch</c>. Without it, the value is kept among the additional properties.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FieldMismatchAttribute(MismatchRule rule) : Attribute
{
    public MismatchRule Rule { get; } = rule;
}
