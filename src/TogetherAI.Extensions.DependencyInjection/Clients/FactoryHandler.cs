namespace TogetherAI.DependencyInjection;

/// <summary>
/// Sends each request through the handler that the factory has at the moment, so that handlers rotate also for a client that
/// lives as long as the program.
/// </summary>
internal sealed class FactoryHandler : HttpMessageHandler
{
    private const string HandlerKey = "TogetherAI.Handler";

#if NET8_0_OR_GREATER
    private static readonly HttpRequestOptionsKey<HttpMessageHandler> Handler = new(HandlerKey);
#endif

    private readonly IHttpMessageHandlerFactory _factory;
    private readonly string _name;

    public FactoryHandler(IHttpMessageHandlerFactory factory, string name)
    {
        _factory = factory;
        _name = name;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var handler = _factory.CreateHandler(_name);

        // The factory disposes an expired handler when nobody refers to it any more; a response that is still being read does.
#if NET8_0_OR_GREATER
        request.Options.Set(Handler, handler);
#else
        request.Properties[HandlerKey] = handler;
#endif
        return new HttpMessageInvoker(handler, disposeHandler: false).SendAsync(request, cancellationToken);
    }
}
