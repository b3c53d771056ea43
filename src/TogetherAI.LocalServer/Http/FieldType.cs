namespace TogetherAI.LocalServer.Http;

/// <summary>A field of a request.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="IsRequired">Whether a request without it is refused.</param>
internal sealed record FieldType(string Name, FieldKind Kind, bool IsRequired);
