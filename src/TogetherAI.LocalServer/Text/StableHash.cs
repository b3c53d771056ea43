using System.Text;

namespace TogetherAI.LocalServer.Text;

/// <summary>FNV-1a, because string.GetHashCode differs from process to process.</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return hash;
    }
}
