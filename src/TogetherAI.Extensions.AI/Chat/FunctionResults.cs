using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>The result of a function as the text that the model reads: texts as they are, everything else as JSON.</summary>
internal static class FunctionResults
{
    public static string ToText(FunctionResultContent content) => content.Result switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Undefined } => content.Exception is null ? "" : "Error: The function failed.",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
        JsonElement element => element.GetRawText(),
        JsonNode node => node.ToJsonString(),
        TextContent text => text.Text,
        IEnumerable<AIContent> contents when contents.All(static content => content is TextContent) => string.Concat(contents.Cast<TextContent>().Select(static content => content.Text)),
        var value => Serialize(value, content.CallId),
    };

    private static string Serialize(object value, string callId)
    {
        try
        {
            return JsonSerializer.Serialize(value, JsonConversion.TypeInfo<object>());
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException)
        {
            throw new ArgumentException($"The result of the function call {callId} is a {value.GetType().FullName}, which cannot be converted to JSON. Set it to a string.", exception);
        }
    }
}
