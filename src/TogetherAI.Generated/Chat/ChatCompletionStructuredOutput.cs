using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TogetherAI;

/// <summary>Chat completions whose response is a value of a .NET type.</summary>
public static class ChatCompletionStructuredOutput
{
    private const string Reflection = "The schema is generated and the value is read by reflection. Use the overload with a JsonTypeInfo<T>, from a JsonSerializerContext.";

    private static JsonSerializerOptions? _options;

    /// <summary>Creates a chat completion whose response is a value of a type.</summary>
    /// <typeparam name="T">The type. <c>[Description]</c> on types, properties and parameters is part of the schema.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="request">The conversation, the model and the sampling parameters, without a response format. It is not changed.</param>
    /// <param name="options">The options of this call; null for those of the client.</param>
    /// <param name="cancellationToken">The token to cancel the call and close its connection.</param>
    /// <returns>The value, with the whole response.</returns>
    /// <remarks>
    /// The JSON schema of the type is sent as the response format. JSON names are those of C# in camelCase, enums are strings, and null
    /// is accepted only where the type allows it. A type that is not an object, such as a list, is sent as the property <c>value</c> of one.
    /// </remarks>
    /// <exception cref="TogetherAIStructuredOutputException">
    /// The response was cut off, refused or filtered, has tool calls, or is not JSON of the type. The exception has the response.
    /// </exception>
    /// <exception cref="ArgumentException">The request has a response format, a required field is missing, or a value violates a limit of the API.</exception>
    /// <exception cref="TogetherAIException">The call failed; the subclasses identify the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
#if NET8_0_OR_GREATER
    [System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode(Reflection)]
    [System.Diagnostics.CodeAnalysis.RequiresDynamicCode(Reflection)]
#endif
    public static Task<ChatCompletionResult<T>> CompleteAsync<T>(
        this ITogetherAIChatClient client,
        ChatCompletionRequest request,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        => CompleteAsync(client, request, (JsonTypeInfo<T>)(_options ??= CreateOptions()).GetTypeInfo(typeof(T)), options, cancellationToken);

    /// <summary>Creates a chat completion whose response is a value of a type, without reflection: for trimming and Native AOT.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="request">The conversation, the model and the sampling parameters, without a response format. It is not changed.</param>
    /// <param name="typeInfo">The type information, from a <see cref="JsonSerializerContext"/>; its options determine JSON names and conversion.</param>
    /// <param name="options">The options of this call; null for those of the client.</param>
    /// <param name="cancellationToken">The token to cancel the call and close its connection.</param>
    /// <remarks>
    /// The JSON schema of the type is sent as the response format. A type that is not an object, such as a list, is sent as the
    /// property <c>value</c> of one.
    /// </remarks>
    /// <inheritdoc cref="CompleteAsync{T}(ITogetherAIChatClient, ChatCompletionRequest, TogetherAIRequestOptions, CancellationToken)" path="/*[self::returns or self::exception]"/>
    public static Task<ChatCompletionResult<T>> CompleteAsync<T>(
        this ITogetherAIChatClient client,
        ChatCompletionRequest request,
        JsonTypeInfo<T> typeInfo,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        _ = client ?? throw new ArgumentNullException(nameof(client));
        _ = request ?? throw new ArgumentNullException(nameof(request));
        _ = typeInfo ?? throw new ArgumentNullException(nameof(typeInfo));
        if (request.ResponseFormat is not null)
        {
            throw new ArgumentException("request.ResponseFormat is set by the method. Remove it.", nameof(request));
        }

        var output = new StructuredOutput<T>(typeInfo);
        var typed = request.Clone();
        typed.ResponseFormat = output.Format;
        return SendAsync(client, typed, output, options, cancellationToken);
    }

    private static async Task<ChatCompletionResult<T>> SendAsync<T>(
        ITogetherAIChatClient client,
        ChatCompletionRequest request,
        StructuredOutput<T> output,
        TogetherAIRequestOptions? options,
        CancellationToken cancellationToken)
    {
        var response = await client.CompleteAsync(request, options, cancellationToken).ConfigureAwait(false);
        return new ChatCompletionResult<T>(output.Read(response), response);
    }

    // What a schema cannot express clearly, such as numbers in strings, is not accepted; what the type requires must be there.
#if NET8_0_OR_GREATER
    [System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode(Reflection)]
    [System.Diagnostics.CodeAnalysis.RequiresDynamicCode(Reflection)]
#endif
    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly();
        return options;
    }
}
