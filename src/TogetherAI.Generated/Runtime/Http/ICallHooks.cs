namespace TogetherAI.Runtime.Http;

/// <summary>The extension points of a generated client, for every request that it sends.</summary>
internal interface ICallHooks
{
    void PrepareRequest(HttpClient client, HttpRequestMessage request, string url);

    void ProcessResponse(HttpClient client, HttpResponseMessage response);
}
