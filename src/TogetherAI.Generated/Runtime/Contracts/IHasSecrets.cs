namespace TogetherAI.Runtime.Contracts;

/// <summary>A request with fields that the document marks as secret, itself or in its parts; generated.</summary>
internal interface IHasSecrets
{
    /// <summary>Adds the values of those fields.</summary>
    void AddSecrets(ICollection<string> secrets);
}
