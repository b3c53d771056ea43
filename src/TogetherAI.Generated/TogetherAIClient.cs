using TogetherAI.Runtime.Http;

namespace TogetherAI;

/// <summary>A client for all areas of the API, which share one <see cref="HttpClient"/> and one set of options.</summary>
/// <remarks>This class is thread-safe. Disposing the client of an area does not affect the other areas.</remarks>
public sealed partial class TogetherAIClient : ITogetherAIClient, IDisposable
{
    private readonly ApiPipeline _pipeline;

    // For the areas, which are generated: none of them closes the HTTP stack of all.
    private readonly ApiPipeline _areas;

    private TogetherAIRawClient? _raw;

    /// <summary>Creates a client with its own <see cref="HttpClient"/>, which is disposed by <see cref="Dispose"/>.</summary>
    /// <param name="options">The options, which are read once; null for the defaults.</param>
    public TogetherAIClient(TogetherAIOptions? options = null)
        : this(ApiPipeline.Create(options ?? new TogetherAIOptions()))
    {
    }

    /// <summary>Creates a client that uses the specified <see cref="HttpClient"/>, which is not disposed by the client.</summary>
    /// <param name="httpClient">The <see cref="HttpClient"/> to use, for example from a factory.</param>
    /// <param name="options">The options, which are read once; null for the defaults.</param>
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

    /// <summary>
    /// Gets the interfaces of all areas, each with a function that returns the area of a client: for registration in a container,
    /// or for decorators.
    /// </summary>
    public static IReadOnlyDictionary<Type, Func<ITogetherAIClient, object>> Areas { get; } = AllAreas();

    internal static IReadOnlyList<ApiOperation> KnownOperations { get; } = AllOperations();

    /// <summary>Disposes the <see cref="HttpClient"/> if the client created it.</summary>
    public void Dispose() => _pipeline.Dispose();

    private static List<ApiOperation> AllOperations()
    {
        var operations = new List<ApiOperation>();
        AddOperations(operations);
        return operations;
    }

    private static Dictionary<Type, Func<ITogetherAIClient, object>> AllAreas()
    {
        var areas = new Dictionary<Type, Func<ITogetherAIClient, object>> { [typeof(ITogetherAIRawClient)] = static client => client.Raw };
        AddAreas(areas);
        AddHandWrittenAreas(areas);
        return areas;
    }

    // Those that the document does not describe.
    static partial void AddHandWrittenAreas(Dictionary<Type, Func<ITogetherAIClient, object>> areas);

    // Generated, unless the document has no operation.
    static partial void AddAreas(Dictionary<Type, Func<ITogetherAIClient, object>> areas);

    // Generated, unless the document has no operation.
    static partial void AddOperations(List<ApiOperation> operations);
}
