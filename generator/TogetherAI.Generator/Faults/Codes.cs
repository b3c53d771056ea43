namespace TogetherAI.Generator.Faults;

/// <summary>The codes of faults; <c>generator/README.md</c> lists cause and cure of each.</summary>
internal static class Codes
{
    /// <summary>NSwag or a template failed; the target reports it.</summary>
    public const string GenerationFailed = "TAI0001";

    public const string FileUnreadable = "TAI0002";

    public const string Syntax = "TAI0003";

    public const string DuplicateKey = "TAI0004";

    public const string Version = "TAI0005";

    public const string RemoteReference = "TAI0006";

    public const string DanglingReference = "TAI0007";

    public const string UnknownKey = "TAI0010";

    public const string MissingKey = "TAI0011";

    public const string ValueType = "TAI0012";

    public const string UnknownWord = "TAI0013";

    public const string DuplicateOperation = "TAI0020";

    public const string DuplicatePath = "TAI0021";

    public const string PathParameter = "TAI0022";

    public const string DuplicateParameter = "TAI0023";

    public const string RequiredField = "TAI0024";

    public const string Enumeration = "TAI0025";

    public const string ImpossibleLimit = "TAI0026";

    public const string Security = "TAI0027";

    public const string Discriminator = "TAI0028";

    public const string Extension = "TAI0030";

    public const string Stream = "TAI0031";

    public const string Pages = "TAI0032";

    public const string NoTag = "TAI0040";

    public const string ParameterPlace = "TAI0041";

    public const string ParameterType = "TAI0042";

    public const string ParameterStyle = "TAI0043";

    public const string RequestBody = "TAI0044";

    public const string HeaderName = "TAI0045";

    public const string SchemaShape = "TAI0046";

    public const string UncheckedLimit = "TAI0047";

    public const string EndlessSchema = "TAI0048";

    public const string Name = "TAI0050";

    public const string AcceptedDifference = "TAI0060";

    public const string Internal = "TAI0099";
}
