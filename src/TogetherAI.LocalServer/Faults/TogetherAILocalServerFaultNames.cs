namespace TogetherAI.LocalServer;

/// <summary>The faults' names in the header <c>x-local-fault</c> and on command lines.</summary>
public static class TogetherAILocalServerFaultNames
{
    /// <summary>The request header that chooses the fault of one request.</summary>
    public const string Header = "x-local-fault";

    /// <summary>The header's value for a request that shall meet no fault.</summary>
    public const string None = "none";

    private static readonly Dictionary<string, TogetherAILocalServerFault> Faults =
        Enum.GetValues<TogetherAILocalServerFault>().ToDictionary(Of, StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, in the order of the enumeration.</summary>
    public static IReadOnlyCollection<string> All => Faults.Keys;

    /// <summary>The name of a fault, such as <c>rate-limit</c>.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>Its words in lower case, with hyphens between them.</returns>
    public static string Of(TogetherAILocalServerFault fault)
        => string.Concat(fault.ToString().Select((letter, index) =>
            index > 0 && char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    /// <summary>Finds the fault of a name, in lower or upper case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="fault">The fault.</param>
    /// <returns>False where no fault has the name.</returns>
    public static bool TryParse(string name, out TogetherAILocalServerFault fault) => Faults.TryGetValue(name, out fault);
}
