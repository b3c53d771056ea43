using System.Text;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Tests.Support;

/// <summary>One request as it arrived on the wire.</summary>
public sealed class ReceivedRequest
{
    private readonly string[] _headerLines;

    public ReceivedRequest(string head, byte[] body)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines[0].Split(' ');
        Method = words[0];
        Target = words[1];
        _headerLines = lines[1..];
        Body = Encoding.UTF8.GetString(body);
    }

    public string Method { get; }

    /// <summary>The path and the query exactly as they were sent.</summary>
    public string Target { get; }

    public string Body { get; }

    public JObject Json => JObject.Parse(Body);

    /// <summary>The value of a header; null where it was not sent. A header sent twice fails the test.</summary>
    public string? Header(string name) => _headerLines
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault();

    /// <summary>All headers as they came, one a line.</summary>
    public string HeaderText => string.Join("\n", _headerLines);
}
