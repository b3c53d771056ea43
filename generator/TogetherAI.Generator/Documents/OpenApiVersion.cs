namespace TogetherAI.Generator.Documents;

/// <summary>The versions of the specification that can be read, in their order.</summary>
internal enum OpenApiVersion
{
    V30,
    V31,
    V32,
}
