using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;
using TogetherAI.Runtime.Sockets;
using TogetherAI.Runtime.Streaming;

namespace TogetherAI;

/// <summary>Live speech synthesis and transcription over WebSockets.</summary>
/// <remarks>This class is thread-safe.</remarks>
public sealed class TogetherAIRealtimeClient : ITogetherAIRealtimeClient, IDisposable
{
    private const string SpeechPath = "v1/audio/speech/websocket";
    private const string TranscriptionPath = "v1/realtime";

    private readonly ApiPipeline _pipeline;

    /// <summary>Creates a client with its own <see cref="HttpClient"/>, which is disposed by <see cref="Dispose"/>.</summary>
    /// <param name="options">The options, which are read once; null for the defaults.</param>
    public TogetherAIRealtimeClient(TogetherAIOptions? options = null)
        : this(ApiPipeline.Create(options ?? new TogetherAIOptions()))
    {
    }

    /// <summary>Creates a client that uses the specified <see cref="HttpClient"/>, which is not disposed by the client.</summary>
    /// <param name="httpClient">The <see cref="HttpClient"/> to use, for example from a factory. For netstandard2.0, only its headers are used.</param>
    /// <param name="options">The options, which are read once; null for the defaults.</param>
    public TogetherAIRealtimeClient(HttpClient httpClient, TogetherAIOptions? options = null)
        : this(ApiPipeline.Over(httpClient, options ?? new TogetherAIOptions()))
    {
    }

    internal TogetherAIRealtimeClient(ApiPipeline pipeline) => _pipeline = pipeline;

    /// <inheritdoc/>
    public async Task<RealtimeSpeechConnection> ConnectSpeechAsync(RealtimeSpeechParameters parameters, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
        => new(await SocketConnection.OpenAsync(_pipeline, Call(SpeechPath, parameters, options), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<RealtimeTranscriptionConnection> ConnectTranscriptionAsync(RealtimeTranscriptionParameters parameters, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        _ = parameters ?? throw new ArgumentNullException(nameof(parameters));
        // Without them, the service accepts the connection and never begins.
        Require(parameters.Model, nameof(parameters.Model));
        Require(parameters.InputAudioFormat, nameof(parameters.InputAudioFormat));
        return new(await SocketConnection.OpenAsync(_pipeline, Call(TranscriptionPath, parameters, options).Header("OpenAI-Beta", "realtime=v1"), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Disposes the <see cref="HttpClient"/> if the client created it.</summary>
    public void Dispose() => _pipeline.Dispose();

    private static void Require(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException($"{name} is required.", $"parameters.{name}");
        }
    }

    // With the server and the authentication of the operations beside it.
    private static ApiCall Call(string path, object parameters, TogetherAIRequestOptions? options)
    {
        var call = new ApiCall(RawCall.Neighbour(TogetherAIClient.KnownOperations, HttpMethod.Get, path, known: null), NoHooks.Instance, options)
            .Parameters(parameters, nameof(parameters), isRequired: true);
        foreach (var field in ((JObject)ApiJson.ToToken(parameters)).Properties())
        {
            call.Query(field.Name, field.Value);
        }

        return call;
    }
}
