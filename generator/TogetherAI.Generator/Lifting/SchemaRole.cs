namespace TogetherAI.Generator.Lifting;

/// <summary>What the place of a schema is.</summary>
internal enum SchemaRole
{
    /// <summary>A schema with a name, under <c>components/schemas</c>.</summary>
    Named,

    /// <summary>A field of an object.</summary>
    Field,

    /// <summary>The items of a list, or the values of a map.</summary>
    Item,

    /// <summary>An entry of <c>allOf</c>, <c>oneOf</c> or <c>anyOf</c>.</summary>
    Arm,

    /// <summary>A request or response.</summary>
    Content,

    /// <summary>A parameter or header.</summary>
    Parameter,
}
