using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Reading;

/// <summary>Adds entries to a map, and reports a key that occurs twice at the second, naming the first.</summary>
internal static class DuplicateKeys
{
    public static void Add(MapNode map, string key, Place keyPlace, Node value, FaultList faults)
    {
        if (map.Find(key) is { } first)
        {
            faults.Add(Codes.DuplicateKey, keyPlace, $"The key '{key}' is already at line {first.KeyPlace.Line}. Remove one of them.");
            return;
        }

        map.Add(key, value, keyPlace);
    }
}
