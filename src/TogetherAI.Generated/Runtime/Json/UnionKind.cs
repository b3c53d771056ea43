namespace TogetherAI.Runtime.Json;

/// <summary>The kinds of JSON that a type of a union is written as.</summary>
internal enum UnionKind
{
    Any,
    String,
    Number,
    Boolean,
    Array,
    Object,
}
