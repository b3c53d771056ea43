using System.Text.Json;
using TogetherAI.LocalServer.Endpoints.Chat;
using TogetherAI.LocalServer.Endpoints.Dialogs;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;
using static TogetherAI.LocalServer.Endpoints.Dialogs.DialogJson;

namespace TogetherAI.LocalServer.Endpoints.Responses;

/// <summary>Reads a request for a response.</summary>
internal static class ResponseParameters
{
    private const int DefaultMaxTokens = 512;
    private const int MostLogProbabilities = 20;
    private const string AnyObject = """{"response":"I am a local mock server, not a model."}""";

    // What goes on with something that is stored, which nothing is.
    private static readonly string[] Stateful = ["previous_response_id", "conversation", "prompt"];

    /// <summary>Checks a request against the documented rules.</summary>
    public static DialogRequest Read(JsonElement body)
    {
        var fields = JsonFields.Read<ResponseRequest>(body);
        fields.RequireNotEmpty("model");
        fields.RequireRange("max_output_tokens", 1);
        fields.RequireRange("temperature", 0, 2);
        fields.RequireRange("top_p", 0, 1);
        fields.RequireRange("top_logprobs", 0, MostLogProbabilities);
        fields.RequireRange("presence_penalty", -2, 2);
        fields.RequireRange("frequency_penalty", -2, 2);
        if (Stateful.FirstOrDefault(name => fields[name] is not null) is { } stateful)
        {
            throw ApiErrorException.Invalid($"{stateful} is not supported: nothing is stored. Send the whole conversation as input.", stateful);
        }

        var instructions = fields.Text("instructions");
        return new DialogRequest
        {
            Model = fields.Text("model"),
            Stream = fields.Flag("stream"),
            Messages = [.. instructions.Length > 0 ? [new ChatMessage("system", instructions)] : Array.Empty<ChatMessage>(), .. ResponseItems.Read(fields["input"]!.Value)],
            Tools = ChatTools.Of(fields.Items("tools").Select(Tool), Choice(fields["tool_choice"])),
            MaxTokens = fields.Integer("max_output_tokens", DefaultMaxTokens),
            Reasons = fields["reasoning"] is { } reasoning && StringOf(reasoning, "effort") is not (null or "none"),
            Format = fields["text"] is { } text ? Format(Property(text, "format")) : null,
        };
    }

    private static (string Name, JsonElement? Schema) Tool(JsonElement tool) => StringOf(tool, "type") switch
    {
        "function" when StringOf(tool, "name") is { Length: > 0 } name => (name, Property(tool, "parameters")),
        "mcp" => throw ApiErrorException.Invalid("This local server cannot call the tools of a remote server.", "tools"),
        _ => throw ApiErrorException.Invalid("Each tool must be an object of the type function, with a name.", "tools"),
    };

    private static string Choice(JsonElement? choice) => choice switch
    {
        null => "auto",
        { ValueKind: JsonValueKind.String } word => word.GetString()!,
        { } named when StringOf(named, "type") == "function" && StringOf(named, "name") is { } name => name,
        { } allowed when StringOf(allowed, "type") == "allowed_tools" => StringOf(allowed, "mode") == "required" ? "required" : "auto",
        _ => throw ApiErrorException.Invalid("tool_choice must be auto, none, required or a function with a name.", "tool_choice"),
    };

    private static string? Format(JsonElement? format) => format is not { } value ? null : StringOf(value, "type") switch
    {
        "text" => null,
        "json_object" => AnyObject,
        "json_schema" when StringOf(value, "name") is not null => SchemaSample.Create(Property(value, "schema"), "text"),
        "json_schema" => throw ApiErrorException.Invalid("text.format of the type json_schema needs a name.", "text"),
        _ => throw ApiErrorException.Invalid("text.format needs a type: text, json_object or json_schema.", "text"),
    };
}
