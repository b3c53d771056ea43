using TogetherAI.Generator.Documents;

namespace TogetherAI.Generator.Specification;

/// <summary>One object of OpenAPI in one version of the specification.</summary>
/// <param name="Name">Its name in the specification.</param>
/// <param name="MayBeReference">Whether a <c>$ref</c> may stand in its place.</param>
/// <param name="Keys">The keys that it may have.</param>
/// <param name="Required">The keys that it must have.</param>
/// <param name="Pattern">The type of what stands under any key, and what the key is; null where the keys are fixed.</param>
/// <param name="OtherVersions">Keys that it has in other versions alone, and the first of them.</param>
internal sealed record ObjectType(
    string Name,
    bool MayBeReference,
    IReadOnlyDictionary<string, KeyType> Keys,
    IReadOnlyList<string> Required,
    (string Key, KeyType Value)? Pattern,
    IReadOnlyDictionary<string, OpenApiVersion> OtherVersions);
