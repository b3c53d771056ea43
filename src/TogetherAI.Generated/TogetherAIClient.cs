using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>All areas of the API, over one <see cref="HttpClient"/> and one set of options.</summary>
/// <remarks>Safe to use from many threads at once. Disposing one of its areas disposes nothing that the others need.</remarks>
public sealed partial class TogetherAIClient : ITogetherAIClient, IDisposable
{
    private readonly ApiPipeline _pipeline;

    // For the areas, which are generated: none of them closes the HTTP stack of all.
    private readonly ApiPipeline _areas;

    private TogetherAIRawClient? _raw;

    /// <summary>Creates a client with an <see cref="HttpClient"/> of its own, which <see cref="Dispose"/> closes.</summary>
    /// <param name="options">Settings, read once; null takes the defaults.</param>
    public TogetherAIClient(TogetherAIOptions? options = null)
        : this(ApiPipeline.Create(options ?? new TogetherAIOptions()))
    {
    }

    /// <summary>Creates a client over an <see cref="HttpClient"/> of the caller, which is not disposed by the client.</summary>
    /// <param name="httpClient">The HTTP stack to use, for example from a factory.</param>
    /// <param name="options">Settings, read once; null takes the defaults.</param>
    public TogetherAIClient(HttpClient httpClient, TogetherAIOptions? options = null)
        : this(ApiPipeline.Over(httpClient, options ?? new TogetherAIOptions()))
    {
    }

    private TogetherAIClient(ApiPipeline pipeline)
    {
        _pipeline = pipeline;
        _areas = pipeline.Shared();
    }

    /// <inheritdoc cref="ITogetherAIClient.Raw"/>
    public TogetherAIRawClient Raw => _raw ?? Interlocked.CompareExchange(ref _raw, new TogetherAIRawClient(_areas), null) ?? _raw;

    ITogetherAIRawClient ITogetherAIClient.Raw => Raw;

    internal static IReadOnlyList<ApiOperation> KnownOperations { get; } = AllOperations();

    /// <summary>Closes the <see cref="HttpClient"/> if the client created it.</summary>
    public void Dispose() => _pipeline.Dispose();

    private static List<ApiOperation> AllOperations()
    {
        var operations = new List<ApiOperation>();
        AddOperations(operations);
        return operations;
    }

    // Generated, unless the document has no operation.
    static partial void AddOperations(List<ApiOperation> operations);
}
