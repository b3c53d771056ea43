namespace TogetherAI.Runtime.Contracts;

/// <summary>A request whose document has a field that switches streaming; generated.</summary>
internal interface IStreamable
{
    /// <summary>A copy to send, with that field set; the caller's object stays as it is.</summary>
    object ForWire(bool streaming);
}
