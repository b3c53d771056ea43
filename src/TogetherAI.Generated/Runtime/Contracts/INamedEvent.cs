namespace TogetherAI.Runtime.Contracts;

/// <summary>A chunk that says itself what it is called.</summary>
internal interface INamedEvent
{
    /// <summary>Takes the name that the event stream gives it, unless it has one.</summary>
    void TakeName(string name);
}
