namespace TogetherAI.Generator.Naming;

/// <summary>The methods that stream an operation, without <c>Async</c>.</summary>
/// <param name="Bytes">The bytes as they come.</param>
/// <param name="Chunks">Each event as an object.</param>
/// <param name="Tokens">The text alone.</param>
internal sealed record StreamMethods(string Bytes, string Chunks, string Tokens)
{
    /// <summary>The methods whose names begin with one of an operation.</summary>
    public static StreamMethods Of(string name) => new(name + "Bytes", name, name + "Tokens");

    public IEnumerable<string> All => [Bytes, Chunks, Tokens];
}
