namespace TogetherAI.Generator.Faults;

/// <summary>The codes of faults; <c>generator/README.md</c> lists cause and cure of each.</summary>
internal static class Codes
{
    /// <summary>NSwag or a template failed; the target reports it.</summary>
    public const string GenerationFailed = "TAI0001";

    public const string FileUnreadable = "TAI0002";

    public const string Syntax = "TAI0003";

    public const string DuplicateKey = "TAI0004";
}
