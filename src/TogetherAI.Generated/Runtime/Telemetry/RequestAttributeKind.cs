namespace TogetherAI.Runtime.Telemetry;

/// <summary>What an attribute is, whatever a request has; a value that cannot be that is left out.</summary>
internal enum RequestAttributeKind
{
    Text,

    Integer,

    Number,

    /// <summary>A list; one text is a list of it.</summary>
    Texts,
}
