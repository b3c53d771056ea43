using System.Text.Json;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>The tool calls of a response and of the messages that are sent back.</summary>
internal static class ToolCalls
{
    private const string Arguments = "arguments";
    private const string Function = "function";

    // The chat templates of some models accept only nine letters or digits; others accept anything.
    private const int OwnIdLength = 9;

    /// <summary>Converts the calls of a message, the older form for a single call included.</summary>
    public static IEnumerable<FunctionCallContent> ToContents(ChatCompletionResponseMessage? message)
    {
        foreach (var call in message?.ToolCalls ?? [])
        {
            yield return ToContent(call.Id, call.Function, call.AdditionalProperties, call);
        }

#pragma warning disable CS0618, TAI1001 // Old models still send the old field.
        if (message is { FunctionCall: { } function, ToolCalls.Count: 0 })
#pragma warning restore CS0618, TAI1001
        {
            yield return ToContent("", function, new Dictionary<string, JToken>(), function);
        }
    }

    public static ChatCompletionToolCall ToToolCall(FunctionCallContent content, int index)
    {
        var call = new ChatCompletionToolCall(content.CallId, new ChatCompletionFunctionCall(content.Name, ArgumentsOf(content)))
        {
            Index = index,
            Type = ChatCompletionToolType.Function,
        };
        AdditionalFields.CopyTo(call.AdditionalProperties, content.AdditionalProperties, Arguments, Function);
        if (Property(content, Function) is JObject function)
        {
            foreach (var field in function)
            {
                call.Function.AdditionalProperties[field.Key] = field.Value!;
            }
        }

        return call;
    }

    private static FunctionCallContent ToContent(string id, ChatCompletionFunctionCall function, IDictionary<string, JToken> extra, object raw)
    {
        var content = FunctionCallContent.CreateFromParsedArguments(
            function.Arguments,
            id.Length > 0 ? id : Guid.NewGuid().ToString("N").Substring(0, OwnIdLength),
            function.Name,
            Parse);
        content.RawRepresentation = raw;
        content.AdditionalProperties = AdditionalFields.Add(content.AdditionalProperties, extra);
        if (function.AdditionalProperties.Count > 0)
        {
            content.AdditionalProperties = AdditionalFields.Add(content.AdditionalProperties, Function, new JObject(function.AdditionalProperties.Select(static field => new JProperty(field.Key, field.Value))));
        }

        // Text that is no JSON goes back as it came, also after the content was stored.
        if (content.Exception is not null)
        {
            content.AdditionalProperties = AdditionalFields.Add(content.AdditionalProperties, Arguments, new JValue(function.Arguments));
        }

        return content;
    }

    private static IDictionary<string, object?>? Parse(string arguments)
        => string.IsNullOrWhiteSpace(arguments) ? null : JsonSerializer.Deserialize(arguments, JsonConversion.TypeInfo<IDictionary<string, object?>>());

    private static string ArgumentsOf(FunctionCallContent content)
        => content.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, JsonConversion.TypeInfo<IDictionary<string, object?>>())
            : Property(content, Arguments) is JValue { Value: string text } ? text
            : "{}";

    private static JToken? Property(FunctionCallContent content, string name)
        => content.AdditionalProperties is { } properties && properties.TryGetValue(name, out var value) && JsonConversion.TryToToken(value, out var token) ? token : null;
}
