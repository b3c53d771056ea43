namespace TogetherAI.LocalServer.Http;

/// <summary>The documented bounds of the fields that requests for text share.</summary>
internal static class SamplingRules
{
    private const int MostResults = 128;
    private const int MostLogProbabilities = 20;

    // Each is looked for behind each token.
    private const int MostStops = 256;

    /// <summary>What chat and completions share.</summary>
    public static void Require(JsonFields fields)
    {
        RequireEverywhere(fields);
        fields.RequireRange("min_p", 0, 1);
        fields.RequireRange("presence_penalty", -2, 2);
        fields.RequireRange("frequency_penalty", -2, 2);
        fields.RequireRange("logprobs", 0, MostLogProbabilities);
    }

    /// <summary>What they share with the legacy endpoint.</summary>
    public static void RequireEverywhere(JsonFields fields)
    {
        fields.RequireRange("max_tokens", 1);
        fields.RequireRange("n", 1, MostResults);
        fields.RequireRange("temperature", 0);
        fields.RequireRange("top_p", 0, 1);
        RequireStops(fields, "stop");
    }

    /// <summary>What holds for the texts that end generation.</summary>
    public static void RequireStops(JsonFields fields, string name)
    {
        var stops = fields.Texts(name);
        if (stops.Count > MostStops)
        {
            throw ApiErrorException.Invalid($"{name} has {stops.Count} texts; this server takes {MostStops} at most.", name);
        }

        if (stops.Any(text => text.Length == 0))
        {
            throw ApiErrorException.Invalid($"{name} must not be empty.", name);
        }
    }
}
