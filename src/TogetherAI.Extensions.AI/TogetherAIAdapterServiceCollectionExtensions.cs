using Microsoft.Extensions.AI;
using TogetherAI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the interfaces of Microsoft.Extensions.AI in a service collection.</summary>
/// <remarks>
/// The clients come from the container: register them with <c>AddTogetherAI</c> of the package
/// TogetherAI.Extensions.DependencyInjection, or by yourself.
/// </remarks>
public static partial class TogetherAIAdapterServiceCollectionExtensions
{
    /// <summary>Registers an <see cref="IChatClient"/>, as a singleton, over the registered <see cref="ITogetherAIChatClient"/>.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="model">The ID of the model for requests without a <see cref="ChatOptions.ModelId"/>; null if every request has one.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(chat, services) => chat.AsBuilder().UseFunctionInvocation().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the client is requested: no <see cref="ITogetherAIChatClient"/> is registered.</exception>
    public static IServiceCollection AddTogetherAIChatClient(
        this IServiceCollection services,
        string? model = null,
        Func<IChatClient, IServiceProvider, IChatClient>? decorate = null)
        => Add<ITogetherAIChatClient, IChatClient>(services, client => client.AsIChatClient(model), decorate);

    /// <summary>
    /// Registers a keyed <see cref="IChatClient"/>, as a singleton, over the <see cref="ITogetherAIChatClient"/> that is registered with the same key, or
    /// without a key if there is none.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="model">The ID of the model for requests without a <see cref="ChatOptions.ModelId"/>; null if every request has one.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(chat, services) => chat.AsBuilder().UseFunctionInvocation().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the client is requested: no <see cref="ITogetherAIChatClient"/> is registered.</exception>
    public static IServiceCollection AddKeyedTogetherAIChatClient(
        this IServiceCollection services,
        object? serviceKey,
        string? model = null,
        Func<IChatClient, IServiceProvider, IChatClient>? decorate = null)
        => AddKeyed<ITogetherAIChatClient, IChatClient>(services, serviceKey, client => client.AsIChatClient(model), decorate);

    /// <summary>Registers an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>, as a singleton, over the registered <see cref="ITogetherAIEmbeddingsClient"/>.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="model">The ID of the model for requests without an <see cref="EmbeddingGenerationOptions.ModelId"/>; null if every request has one.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(generator, services) => generator.AsBuilder().UseDistributedCache().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the generator is requested: no <see cref="ITogetherAIEmbeddingsClient"/> is registered.</exception>
    public static IServiceCollection AddTogetherAIEmbeddingGenerator(
        this IServiceCollection services,
        string? model = null,
        Func<IEmbeddingGenerator<string, Embedding<float>>, IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>>? decorate = null)
        => Add<ITogetherAIEmbeddingsClient, IEmbeddingGenerator<string, Embedding<float>>>(services, client => client.AsIEmbeddingGenerator(model), decorate);

    /// <summary>
    /// Registers a keyed <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>, as a singleton, over the <see cref="ITogetherAIEmbeddingsClient"/> that is registered with the same key, or
    /// without a key if there is none.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="model">The ID of the model for requests without an <see cref="EmbeddingGenerationOptions.ModelId"/>; null if every request has one.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(generator, services) => generator.AsBuilder().UseDistributedCache().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the generator is requested: no <see cref="ITogetherAIEmbeddingsClient"/> is registered.</exception>
    public static IServiceCollection AddKeyedTogetherAIEmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        string? model = null,
        Func<IEmbeddingGenerator<string, Embedding<float>>, IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>>? decorate = null)
        => AddKeyed<ITogetherAIEmbeddingsClient, IEmbeddingGenerator<string, Embedding<float>>>(services, serviceKey, client => client.AsIEmbeddingGenerator(model), decorate);

    private static IServiceCollection Add<TClient, TService>(
        IServiceCollection services,
        Func<TClient, TService> adapt,
        Func<TService, IServiceProvider, TService>? decorate)
        where TClient : notnull
        where TService : class
        => Checked(services).AddSingleton(provider => Decorated(adapt(provider.GetRequiredService<TClient>()), provider, decorate));

    private static IServiceCollection AddKeyed<TClient, TService>(
        IServiceCollection services,
        object? serviceKey,
        Func<TClient, TService> adapt,
        Func<TService, IServiceProvider, TService>? decorate)
        where TClient : notnull
        where TService : class
        => Checked(services).AddKeyedSingleton(serviceKey, (provider, key) => Decorated(adapt(KeyedOrDefault<TClient>(provider, key)), provider, decorate));

    private static IServiceCollection Checked(IServiceCollection services) => services ?? throw new ArgumentNullException(nameof(services));

    private static TService Decorated<TService>(TService service, IServiceProvider provider, Func<TService, IServiceProvider, TService>? decorate)
        => decorate is null ? service : decorate(service, provider);

    private static TClient KeyedOrDefault<TClient>(IServiceProvider provider, object? key)
        where TClient : notnull
        => provider.GetKeyedService<TClient>(key) ?? provider.GetRequiredService<TClient>();
}
