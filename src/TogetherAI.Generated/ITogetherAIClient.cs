namespace TogetherAI;

/// <summary>All areas of the API as interfaces, to be replaced in tests. A later version may add members to it.</summary>
public partial interface ITogetherAIClient
{
    /// <summary>Requests whose path and content are sent as they are.</summary>
    ITogetherAIRawClient Raw { get; }
}
