namespace TogetherAI.Cli.Requests;

/// <summary>A field of a request, from the generated type.</summary>
/// <param name="WireName">Its name on the wire.</param>
/// <param name="Description">What the document says about it.</param>
/// <param name="Type">How its value is read.</param>
/// <param name="Set">Sets it in a request.</param>
internal sealed record FieldDefinition(string WireName, string Description, FieldType Type, Action<object, object?> Set);
