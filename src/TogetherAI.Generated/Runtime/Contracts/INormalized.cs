namespace TogetherAI.Runtime.Contracts;

/// <summary>A response that some servers send in another form than the document describes.</summary>
internal interface INormalized
{
    /// <summary>Puts what stands elsewhere where the document has it.</summary>
    /// <exception cref="Newtonsoft.Json.JsonException">It cannot be read: without it, the response would look empty.</exception>
    void Normalize();
}
