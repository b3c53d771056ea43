using System.Globalization;
using System.Text;

namespace TogetherAI.Tests.Support;

/// <summary>Whole HTTP answers as they stand on the wire.</summary>
public static class Answers
{
    /// <summary>The shortest answer to a run that the document allows.</summary>
    public const string RunBody = """{"status":"finished","output":{"result_type":"language-model-inference","choices":[{"text":" 4"}]}}""";

    public static string Run { get; } = Of(200, RunBody);

    public static string Of(int status, string body, string contentType = "application/json", string headers = "")
        => string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} Status\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}");

    /// <summary>An answer whose body is only headers away.</summary>
    public static string Empty(int status, string headers = "")
        => string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Status\r\nContent-Length: 0\r\n{headers}\r\n");

    /// <summary>An answer with a body of any bytes.</summary>
    public static byte[] Bytes(byte[] body, string headers)
        => [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}\r\n")), .. body];
}
