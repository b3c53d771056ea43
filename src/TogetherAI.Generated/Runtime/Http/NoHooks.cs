namespace TogetherAI.Runtime.Http;

/// <summary>The hooks of a call that no generated client makes.</summary>
internal sealed class NoHooks : ICallHooks
{
    public static readonly NoHooks Instance = new();

    private NoHooks()
    {
    }

    public void PrepareRequest(HttpClient client, HttpRequestMessage request, string url)
    {
    }

    public void ProcessResponse(HttpClient client, HttpResponseMessage response)
    {
    }
}
