using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using TogetherAI;
using TogetherAI.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

// The interfaces that are experimental in Microsoft.Extensions.AI.
public static partial class TogetherAIAdapterServiceCollectionExtensions
{
    /// <summary>Registers an <see cref="IImageGenerator"/>, as a singleton, over the registered <see cref="ITogetherAIImagesClient"/>.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="model">The ID of the model for requests without an <see cref="ImageGenerationOptions.ModelId"/>; null if every request has one.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(generator, services) => generator.AsBuilder().UseLogging().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the generator is requested: no <see cref="ITogetherAIImagesClient"/> is registered.</exception>
    [Experimental(Provider.Experiment)]
    public static IServiceCollection AddTogetherAIImageGenerator(
        this IServiceCollection services,
        string? model = null,
        Func<IImageGenerator, IServiceProvider, IImageGenerator>? decorate = null)
        => Add<ITogetherAIImagesClient, IImageGenerator>(services, client => client.AsIImageGenerator(model), decorate);

    /// <summary>
    /// Registers a keyed <see cref="IImageGenerator"/>, as a singleton, over the <see cref="ITogetherAIImagesClient"/> that is registered with the same key, or
    /// without a key if there is none.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="model">The ID of the model for requests without an <see cref="ImageGenerationOptions.ModelId"/>; null if every request has one.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(generator, services) => generator.AsBuilder().UseLogging().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the generator is requested: no <see cref="ITogetherAIImagesClient"/> is registered.</exception>
    [Experimental(Provider.Experiment)]
    public static IServiceCollection AddKeyedTogetherAIImageGenerator(
        this IServiceCollection services,
        object? serviceKey,
        string? model = null,
        Func<IImageGenerator, IServiceProvider, IImageGenerator>? decorate = null)
        => AddKeyed<ITogetherAIImagesClient, IImageGenerator>(services, serviceKey, client => client.AsIImageGenerator(model), decorate);

    /// <summary>Registers an <see cref="ISpeechToTextClient"/>, as a singleton, over the registered <see cref="ITogetherAIAudioClient"/>.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="model">The ID of the model for requests without a <see cref="SpeechToTextOptions.ModelId"/>; null for the default of the server.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(client, services) => client.AsBuilder().UseLogging().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the client is requested: no <see cref="ITogetherAIAudioClient"/> is registered.</exception>
    [Experimental(Provider.Experiment)]
    public static IServiceCollection AddTogetherAISpeechToTextClient(
        this IServiceCollection services,
        string? model = null,
        Func<ISpeechToTextClient, IServiceProvider, ISpeechToTextClient>? decorate = null)
        => Add<ITogetherAIAudioClient, ISpeechToTextClient>(services, client => client.AsISpeechToTextClient(model), decorate);

    /// <summary>
    /// Registers a keyed <see cref="ISpeechToTextClient"/>, as a singleton, over the <see cref="ITogetherAIAudioClient"/> that is registered with the same key, or
    /// without a key if there is none.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="model">The ID of the model for requests without a <see cref="SpeechToTextOptions.ModelId"/>; null for the default of the server.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(client, services) => client.AsBuilder().UseLogging().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the client is requested: no <see cref="ITogetherAIAudioClient"/> is registered.</exception>
    [Experimental(Provider.Experiment)]
    public static IServiceCollection AddKeyedTogetherAISpeechToTextClient(
        this IServiceCollection services,
        object? serviceKey,
        string? model = null,
        Func<ISpeechToTextClient, IServiceProvider, ISpeechToTextClient>? decorate = null)
        => AddKeyed<ITogetherAIAudioClient, ISpeechToTextClient>(services, serviceKey, client => client.AsISpeechToTextClient(model), decorate);

    /// <summary>Registers an <see cref="ITextToSpeechClient"/>, as a singleton, over the registered <see cref="ITogetherAIAudioClient"/>.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="model">The ID of the model for requests without a <see cref="TextToSpeechOptions.ModelId"/>; null if every request has one.</param>
    /// <param name="voice">The voice for requests without a <see cref="TextToSpeechOptions.VoiceId"/>; null if every request has one.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(client, services) => client.AsBuilder().UseLogging().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the client is requested: no <see cref="ITogetherAIAudioClient"/> is registered.</exception>
    [Experimental(Provider.Experiment)]
    public static IServiceCollection AddTogetherAITextToSpeechClient(
        this IServiceCollection services,
        string? model = null,
        string? voice = null,
        Func<ITextToSpeechClient, IServiceProvider, ITextToSpeechClient>? decorate = null)
        => Add<ITogetherAIAudioClient, ITextToSpeechClient>(services, client => client.AsITextToSpeechClient(model, voice), decorate);

    /// <summary>
    /// Registers a keyed <see cref="ITextToSpeechClient"/>, as a singleton, over the <see cref="ITogetherAIAudioClient"/> that is registered with the same key, or
    /// without a key if there is none.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="model">The ID of the model for requests without a <see cref="TextToSpeechOptions.ModelId"/>; null if every request has one.</param>
    /// <param name="voice">The voice for requests without a <see cref="TextToSpeechOptions.VoiceId"/>; null if every request has one.</param>
    /// <param name="decorate">Adds a pipeline, such as <c>(client, services) => client.AsBuilder().UseLogging().Build(services)</c>; null for none.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">The service collection is null.</exception>
    /// <exception cref="InvalidOperationException">When the client is requested: no <see cref="ITogetherAIAudioClient"/> is registered.</exception>
    [Experimental(Provider.Experiment)]
    public static IServiceCollection AddKeyedTogetherAITextToSpeechClient(
        this IServiceCollection services,
        object? serviceKey,
        string? model = null,
        string? voice = null,
        Func<ITextToSpeechClient, IServiceProvider, ITextToSpeechClient>? decorate = null)
        => AddKeyed<ITogetherAIAudioClient, ITextToSpeechClient>(services, serviceKey, client => client.AsITextToSpeechClient(model, voice), decorate);
}
