namespace TogetherAI.Extensions.AI.Chat;

/// <summary>Names of authors and schemas as the API accepts them: up to 64 letters, digits, underscores and hyphens.</summary>
internal static class ApiName
{
    private const int MaxLength = 64;

    /// <summary>Removes what the API does not accept.</summary>
    /// <returns>Null if nothing remains.</returns>
    public static string? From(string? name)
    {
        var accepted = string.Concat((name ?? "").Where(static letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-').Take(MaxLength));
        return accepted.Length > 0 ? accepted : null;
    }
}
