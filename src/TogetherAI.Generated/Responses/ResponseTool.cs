using Newtonsoft.Json.Linq;

namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its type has.
public sealed partial class ResponseTool
{
    /// <summary>Creates a tool for a function.</summary>
    /// <param name="name">The name of the function.</param>
    /// <param name="description">A description for the model of what the function does and when to call it.</param>
    /// <param name="parameters">The JSON schema of the arguments; null for a function without arguments. It may be the text of the schema.</param>
    /// <param name="strict">Whether the arguments must follow the schema exactly; null leaves that to the server.</param>
    /// <exception cref="ArgumentException">The schema is not a JSON object.</exception>
    public static ResponseTool FromFunction(string name, string? description = null, JToken? parameters = null, bool? strict = null) => new()
    {
        Type = ResponseToolType.Function,
        Name = name ?? throw new ArgumentNullException(nameof(name)),
        Description = description,
        Parameters = parameters is null ? null : SchemaInput.Read(parameters, nameof(parameters)),
        Strict = strict,
    };

    /// <summary>Offers the tools of a remote server, which the service finds and calls itself.</summary>
    /// <param name="serverLabel">Label of the server, by which items name it.</param>
    /// <param name="serverUrl">Address of the server, which speaks the Model Context Protocol.</param>
    public static ResponseTool FromRemoteServer(string serverLabel, string serverUrl) => new()
    {
        Type = ResponseToolType.Mcp,
        ServerLabel = serverLabel ?? throw new ArgumentNullException(nameof(serverLabel)),
        ServerUrl = serverUrl ?? throw new ArgumentNullException(nameof(serverUrl)),
    };
}
