namespace TogetherAI.Extensions.AI;

/// <summary>What every adapter says of the service.</summary>
internal static class Provider
{
    /// <summary>The name of the service in the semantic conventions of OpenTelemetry.</summary>
    public const string Name = "together_ai";

    /// <summary>
    /// The diagnostic of experimental interfaces of Microsoft.Extensions.AI, which their adapters have, too: whoever has accepted it
    /// for an interface has accepted it for the adapter.
    /// </summary>
    public const string Experiment = "MEAI001";

    /// <summary>The model of a request: of the raw request, of the options, or of the adapter.</summary>
    /// <exception cref="InvalidOperationException">None of them has one.</exception>
    public static string Model(string? ofRequest, string? ofOptions, string? ofAdapter)
        => NullIfEmpty(ofRequest) ?? NullIfEmpty(ofOptions) ?? NullIfEmpty(ofAdapter)
            ?? throw new InvalidOperationException("No model is set. Set ModelId in the options, or pass the ID of a model when you create the client.");

    /// <summary>Casts what a factory for raw requests returned; null if there is no factory or it returned null.</summary>
    /// <exception cref="InvalidOperationException">It is the request of another library.</exception>
    public static T? Raw<T>(object? raw)
        where T : class
        => raw is null or T
            ? (T?)raw
            : throw new InvalidOperationException($"RawRepresentationFactory returned a {raw.GetType().FullName}. Return a {typeof(T).FullName} or null.");

    /// <summary>Returns the service for <c>GetService</c> of an adapter.</summary>
    public static object? Find(Type serviceType, object? serviceKey, params object[] services)
    {
        _ = serviceType ?? throw new ArgumentNullException(nameof(serviceType));
        return serviceKey is null ? Array.Find(services, serviceType.IsInstanceOfType) : null;
    }

    /// <summary>The text; null where it is empty, which to servers and to readers says as little.</summary>
    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
