using TogetherAI.LocalServer;

namespace TogetherAI.Soak;

/// <summary>The call options that ask the server for a fault.</summary>
internal static class Faults
{
    public static TogetherAIRequestOptions None => Header(TogetherAILocalServerFaultNames.None);

    public static TogetherAIRequestOptions Of(TogetherAILocalServerFault fault) => Header(TogetherAILocalServerFaultNames.Of(fault));

    private static TogetherAIRequestOptions Header(string value)
        => new() { Headers = { [TogetherAILocalServerFaultNames.Header] = value } };
}
