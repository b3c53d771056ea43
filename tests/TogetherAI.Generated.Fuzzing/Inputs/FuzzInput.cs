using System.Text;

namespace TogetherAI.Fuzzing.Inputs;

/// <summary>One input.</summary>
/// <param name="Header">How the body is read, in one line: the name of a type or of a stream.</param>
/// <param name="Body">What the server sends.</param>
internal sealed record FuzzInput(string Header, byte[] Body)
{
    /// <summary>The input as a file: the header, a line end and the body.</summary>
    public byte[] ToFile() => [.. Encoding.UTF8.GetBytes(Header), (byte)'\n', .. Body];

    /// <summary>Reads such a file.</summary>
    public static FuzzInput OfFile(byte[] file)
    {
        var end = Array.IndexOf(file, (byte)'\n');
        return end < 0 ? new FuzzInput(Encoding.UTF8.GetString(file), []) : new FuzzInput(Encoding.UTF8.GetString(file, 0, end), file[(end + 1)..]);
    }
}
