namespace TogetherAI.Generator.Lifting;

/// <summary>
/// Rewrites what NSwag does not understand into what it does. Runs on a document that is valid; leaves one that is valid
/// by OpenAPI 3.0, for the part that it is about.
/// </summary>
internal interface ILift
{
    /// <summary>Changes the document. What cannot be rewritten goes to its faults, with a code and a place.</summary>
    void Apply(LiftContext context);
}
