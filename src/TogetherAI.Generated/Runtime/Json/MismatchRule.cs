namespace TogetherAI.Runtime.Json;

/// <summary>What is done with a value of a response's field that is of another kind than the document says.</summary>
internal enum MismatchRule
{
    /// <summary>It is kept as JSON among the additional properties; the field itself stays unset.</summary>
    Keep,

    /// <summary>The response cannot be read: without the field it would look as if it said nothing.</summary>
    Fail,

    /// <summary>The field is a text that is JSON; an object or array is taken for its own text.</summary>
    JsonText,

    /// <summary>The field is a text; of an array of parts it gets the texts, and the parts are kept too.</summary>
    TextParts,
}
