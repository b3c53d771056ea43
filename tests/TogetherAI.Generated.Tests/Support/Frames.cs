using System.Text;
using Newtonsoft.Json;

namespace TogetherAI.Tests.Support;

/// <summary>Events of a stream as they stand on the wire.</summary>
public static class Frames
{
    public const string Done = "data: [DONE]\n\n";

    /// <summary>A token in the middle of a stream.</summary>
    public static string Text(string text) => Data($$$"""{"choices":[{"text":{{{JsonConvert.ToString(text)}}}}],"id":"req-1","generated_text":null,"usage":null}""");

    /// <summary>The chunk that only the last one can be.</summary>
    public static string Last(string text)
        => Data($$$"""{"choices":[{"text":{{{JsonConvert.ToString(text)}}}}],"generated_text":"all","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""");

    public static string Data(string data) => "data: " + data + "\n\n";

    /// <summary>Cuts a text into bytes, one piece each.</summary>
    public static byte[][] ByteByByte(string text) => [.. Encoding.UTF8.GetBytes(text).Select(one => new[] { one })];

    /// <summary>Cuts the bytes of a text in two, behind the first occurrence of a byte.</summary>
    public static byte[][] CutAfter(string text, byte last)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var cut = Array.IndexOf(bytes, last) + 1;
        return cut == 0 ? throw new ArgumentException("The byte does not occur.", nameof(last)) : [bytes[..cut], bytes[cut..]];
    }
}
