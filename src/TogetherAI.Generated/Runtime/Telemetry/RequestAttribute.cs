using System.Text;

namespace TogetherAI.Runtime.Telemetry;

/// <summary>An attribute that telemetry takes from requests.</summary>
internal sealed class RequestAttribute
{
    /// <param name="name">Its name.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="field">The field of requests that has it; null for one with the last word of the name.</param>
    public RequestAttribute(string name, RequestAttributeKind kind, string? field = null)
    {
        Name = name;
        Kind = kind;
        Field = field ?? name.Substring(name.LastIndexOf('.') + 1);
        Utf8Field = Encoding.UTF8.GetBytes(Field);
    }

    public string Name { get; }

    public RequestAttributeKind Kind { get; }

    public string Field { get; }

    public byte[] Utf8Field { get; }
}
