using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Contracts;

/// <summary>An object that keeps the fields that the document does not know; generated.</summary>
internal interface IExtensible
{
    /// <summary>Those fields by their name on the wire; null where there are none.</summary>
    IDictionary<string, JToken>? Extra { get; }

    /// <summary>Keeps such a field.</summary>
    void Keep(string name, JToken value);
}
