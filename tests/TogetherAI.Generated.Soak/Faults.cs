using TogetherAI.LocalServer;

namespace TogetherAI.Soak;

/// <summary>The call options that ask the server for a fault.</summary>
internal static class Faults
{
    public static TogetherAIRequestOptions None => Header(TogetherLocalServerFaultNames.None);

    public static TogetherAIRequestOptions Of(TogetherLocalServerFault fault) => Header(TogetherLocalServerFaultNames.Of(fault));

    private static TogetherAIRequestOptions Header(string value)
        => new() { Headers = { [TogetherLocalServerFaultNames.Header] = value } };
}
