using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Faults;

/// <summary>A file that cannot be read any further.</summary>
internal sealed class DocumentException(string code, Place place, string sentence) : Exception(sentence)
{
    public string Code { get; } = code;

    public Place Place { get; } = place;
}
