namespace TogetherAI.Generator.Nodes;

/// <summary>A single value. Invariant: <see cref="Text"/> of a number or boolean is as JSON writes it.</summary>
internal sealed class ScalarNode(Place place, ScalarKind scalarKind, string text) : Node(place)
{
    public ScalarKind ScalarKind { get; } = scalarKind;

    public string Text { get; } = text;

    public bool IsTrue => ScalarKind == ScalarKind.Boolean && Text == "true";

    public bool IsText => ScalarKind == ScalarKind.Text;

    public bool IsNumber => ScalarKind == ScalarKind.Number;

    public bool IsNull => ScalarKind == ScalarKind.Null;

    public override string Kind => ScalarKind switch
    {
        ScalarKind.Text => "a string",
        ScalarKind.Number => "a number",
        ScalarKind.Boolean => "a boolean",
        _ => "null",
    };

    public static ScalarNode FromText(string text, Place place) => new(place, ScalarKind.Text, text);

    public static ScalarNode FromBoolean(bool value, Place place) => new(place, ScalarKind.Boolean, value ? "true" : "false");

    public override int Size => 1;

    public override Node Clone() => this;
}
