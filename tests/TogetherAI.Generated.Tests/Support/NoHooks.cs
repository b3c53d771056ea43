namespace TogetherAI.Tests.Support;

/// <summary>The hooks of a call that no client makes.</summary>
internal sealed class NoHooks : ICallHooks
{
    public static readonly NoHooks Instance = new();

    public void PrepareRequest(HttpClient client, HttpRequestMessage request, string url)
    {
    }

    public void ProcessResponse(HttpClient client, HttpResponseMessage response)
    {
    }
}
