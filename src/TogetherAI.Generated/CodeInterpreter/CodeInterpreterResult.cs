using Newtonsoft.Json;

namespace TogetherAI;

// Completes the generated type with what most programs want of it.
public sealed partial class CodeInterpreterResult
{
    /// <summary>Gets everything that the code wrote to standard output; empty if it wrote nothing.</summary>
    [JsonIgnore]
    public string StandardOutput => Texts(CodeInterpreterOutputType.StandardOutput);

    /// <summary>Gets everything that the code wrote to standard error; empty if it wrote nothing.</summary>
    [JsonIgnore]
    public string StandardError => Texts(CodeInterpreterOutputType.StandardError);

    /// <summary>Gets the exception that the code raised; null if it raised none.</summary>
    [JsonIgnore]
    public string? ExceptionText => Outputs.FirstOrDefault(static output => output?.Type == CodeInterpreterOutputType.Error)?.Text;

    private string Texts(CodeInterpreterOutputType type)
        => string.Concat(Outputs.Where(output => output?.Type == type).Select(static output => output.Text));
}
