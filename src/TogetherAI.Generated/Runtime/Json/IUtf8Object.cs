#if NET8_0_OR_GREATER
namespace TogetherAI.Runtime.Json;

/// <summary>An object that reads and writes its own fields; generated.</summary>
internal interface IUtf8Object : IUtf8Writable
{
    /// <summary>The names of the fields, in the order of the document.</summary>
    byte[][] FieldNames { get; }

    /// <summary>What holds for each of the fields.</summary>
    FieldRule[] FieldRules { get; }

    /// <summary>Reads the fields that the source gives; false where a required one is not among them.</summary>
    bool ReadFields(ref Utf8Source source);
}
#endif
