namespace TogetherAI;

/// <summary>All areas of the API as interfaces, for use in tests. Later versions may add members.</summary>
public partial interface ITogetherAIClient
{
    /// <summary>Requests whose path and content are sent as they are.</summary>
    ITogetherAIRawClient Raw { get; }
}
