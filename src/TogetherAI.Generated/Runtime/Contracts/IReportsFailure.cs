using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Contracts;

/// <summary>A response that can say of itself, in spite of a status of success, that the call failed.</summary>
internal interface IReportsFailure
{
    /// <summary>What went wrong; null where nothing did.</summary>
    JToken? Failure { get; }
}
