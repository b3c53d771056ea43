namespace TogetherAI;

/// <summary>All areas of the API as interfaces, to be replaced in tests. A later version may add members to it.</summary>
public partial interface ITogetherAIClient
{
}
