using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>All areas of the API, over one <see cref="HttpClient"/> and one set of options.</summary>
/// <remarks>Safe to use from many threads at once. Disposing one of its areas disposes nothing that the others need.</remarks>
public sealed partial class TogetherAIClient : IDisposable
{
    private readonly ApiPipeline _pipeline;

    /// <summary>Creates a client with an <see cref="HttpClient"/> of its own, which <see cref="Dispose"/> closes.</summary>
    /// <param name="options">Settings, read once; null takes the defaults.</param>
    public TogetherAIClient(TogetherAIOptions? options = null)
        : this(ApiPipeline.Create(options ?? new TogetherAIOptions()))
    {
    }

    /// <summary>Creates a client over an <see cref="HttpClient"/> of the caller, which stays the caller's to dispose.</summary>
    /// <param name="httpClient">The HTTP stack to use, for example from a factory.</param>
    /// <param name="options">Settings, read once; null takes the defaults.</param>
    public TogetherAIClient(HttpClient httpClient, TogetherAIOptions? options = null)
        : this(ApiPipeline.Over(httpClient, options ?? new TogetherAIOptions()))
    {
    }

    private TogetherAIClient(ApiPipeline pipeline)
    {
        _pipeline = pipeline;
        var shared = pipeline.Shared();
        Inference = new TogetherAIInferenceClient(shared);
        Chat = new TogetherAIChatClient(shared);
        Completions = new TogetherAICompletionsClient(shared);
        Embeddings = new TogetherAIEmbeddingsClient(shared);
        Rerank = new TogetherAIRerankClient(shared);
        Models = new TogetherAIModelsClient(shared);
        Images = new TogetherAIImagesClient(shared);
        Audio = new TogetherAIAudioClient(shared);
        Videos = new TogetherAIVideosClient(shared);
    }

    /// <summary>Text and images with the legacy endpoint.</summary>
    public TogetherAIInferenceClient Inference { get; }

    /// <summary>Conversations, with tools, pictures, reasoning and structured answers.</summary>
    public TogetherAIChatClient Chat { get; }

    /// <summary>Texts that a model continues.</summary>
    public TogetherAICompletionsClient Completions { get; }

    /// <summary>Texts as vectors.</summary>
    public TogetherAIEmbeddingsClient Embeddings { get; }

    /// <summary>Documents sorted by how well they answer a query.</summary>
    public TogetherAIRerankClient Rerank { get; }

    /// <summary>The models of the platform.</summary>
    public TogetherAIModelsClient Models { get; }

    /// <summary>Images drawn from texts.</summary>
    public TogetherAIImagesClient Images { get; }

    /// <summary>Texts read aloud, and recordings written down.</summary>
    public TogetherAIAudioClient Audio { get; }

    /// <summary>Videos made from texts and images.</summary>
    public TogetherAIVideosClient Videos { get; }

    /// <summary>Closes the <see cref="HttpClient"/> if the client created it.</summary>
    public void Dispose() => _pipeline.Dispose();
}
