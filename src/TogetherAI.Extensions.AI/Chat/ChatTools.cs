using System.Text.Json;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Chat;

/// <summary>The tools of a request.</summary>
internal static class ChatTools
{
    private const string Strict = "strict";

    public static void Set(ChatCompletionRequest request, ChatOptions options)
    {
        if (options.Tools is { Count: > 0 } tools)
        {
            request.Tools = [.. request.Tools ?? [], .. tools.Select(Convert)];
        }

        if (request.Tools is { Count: > 0 })
        {
            request.ToolChoice ??= Choice(options.ToolMode);
            if (options.AllowMultipleToolCalls is { } allowed && !request.AdditionalProperties.ContainsKey("parallel_tool_calls"))
            {
                request.AdditionalProperties["parallel_tool_calls"] = new JValue(allowed);
            }
        }
        else if (options.ToolMode is RequiredChatToolMode)
        {
            throw new ArgumentException("ChatOptions.ToolMode requires a tool call, but there are no tools. Set ChatOptions.Tools.", nameof(options));
        }
    }

    private static ChatCompletionToolChoice? Choice(ChatToolMode? mode) => mode switch
    {
        null => null,
        AutoChatToolMode => ChatCompletionToolChoice.Auto,
        NoneChatToolMode => ChatCompletionToolChoice.None,
        RequiredChatToolMode { RequiredFunctionName: { } name } => ChatCompletionToolChoice.FromFunction(name),
        RequiredChatToolMode => ChatCompletionToolChoice.Required,
        _ => throw new NotSupportedException($"ChatOptions.ToolMode {mode.GetType().Name} is not supported. Set ChatCompletionRequest.ToolChoice in RawRepresentationFactory."),
    };

    private static ChatCompletionTool Convert(AITool tool)
    {
        var declaration = tool as AIFunctionDeclaration ?? tool?.GetService<AIFunctionDeclaration>()
            ?? throw new NotSupportedException($"The tool {tool?.Name} ({tool?.GetType().Name}) is not supported: the API calls functions only. Use an AIFunction or an AIFunctionDeclaration.");
        var result = ChatCompletionTool.FromFunction(declaration.Name, Provider.NullIfEmpty(declaration.Description), Schema(declaration.JsonSchema));
        result.Function.Strict = declaration.AdditionalProperties.TryGetValue(Strict, out var strict) ? strict as bool? : null;
        AdditionalFields.CopyTo(result.Function.AdditionalProperties, declaration.AdditionalProperties, except: Strict);
        return result;
    }

    // A schema that allows anything says that there are no arguments to speak of; servers expect an object.
    private static JToken Schema(JsonElement schema)
        => schema.ValueKind == JsonValueKind.Object && schema.EnumerateObject().Any()
            ? JsonConversion.ToToken(schema)
            : new JObject { ["type"] = "object", ["properties"] = new JObject() };
}
