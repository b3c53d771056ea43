namespace TogetherAI.Generator.Shapes;

/// <summary>What a value is in C#.</summary>
internal enum ShapeKind
{
    /// <summary>A <c>string</c>.</summary>
    Text,

    /// <summary>One of an extensible enum.</summary>
    Word,

    Integer,
    Number,
    Decimal,
    Boolean,

    /// <summary>A point in time, an address or an id, which are text on the wire alone.</summary>
    Other,

    /// <summary>Bytes, as Base64 on the wire.</summary>
    Bytes,

    /// <summary>Bytes as they are: a file.</summary>
    File,

    List,
    Map,
    Object,

    /// <summary>A type that is written by hand.</summary>
    HandWritten,

    /// <summary>Any JSON.</summary>
    Any,
}
