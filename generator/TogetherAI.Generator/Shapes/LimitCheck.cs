namespace TogetherAI.Generator.Shapes;

/// <summary>A call of the client's <c>Validation</c>.</summary>
/// <param name="Method">The method.</param>
/// <param name="Arguments">Its arguments between the value and its path, as C# writes them; null where there are none.</param>
internal sealed record LimitCheck(string Method, string? Arguments)
{
    public string Call(string value, string name) => $"Validation.{Method}({value}, {(Arguments is null ? "" : Arguments + ", ")}path, {name})";
}
