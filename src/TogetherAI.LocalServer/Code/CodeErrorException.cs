namespace TogetherAI.LocalServer.Code;

/// <summary>An exception of the code, as Python would raise it.</summary>
internal sealed class CodeErrorException(string type, string message) : Exception($"{type}: {message}")
{
    public static CodeErrorException TooLarge() => new("MemoryError", "the value is too large for this local server");

    public static CodeErrorException Type(string message) => new("TypeError", message);

    public static CodeErrorException Value(string message) => new("ValueError", message);
}
