namespace TogetherAI.LocalServer.Http;

/// <summary>What the value of a field is in JSON.</summary>
internal enum FieldKind
{
    Other,
    Text,
    Texts,
    Boolean,
    Int32,
    Int64,
    Double,
}
