namespace TogetherAI.Soak;

/// <summary>What the server answers to each prompt, from calls without faults.</summary>
internal sealed class ExpectedTexts
{
    private readonly string[] _streamed;
    private readonly string[] _whole;

    private ExpectedTexts(string[] streamed, string[] whole)
    {
        _streamed = streamed;
        _whole = whole;
    }

    // A fault strikes after eight events at the latest; the shortest text has more.
    private static string[] Prompts { get; } =
        Enumerable.Range(0, 24).Select(index => $"Prompt {index}, naïve “日本語” 👩‍🚀: write {14 + index} words").ToArray();

    public static int Count => Prompts.Length;

    public static InferenceRequest Request(int prompt) => new() { Model = "org/model", Prompt = Prompts[prompt] };

    public string Streamed(int prompt) => _streamed[prompt];

    public string Whole(int prompt) => _whole[prompt];

    public static async Task<ExpectedTexts> ReadAsync(TogetherAIInferenceClient client, CancellationToken cancellationToken)
    {
        var prompts = Enumerable.Range(0, Count).ToArray();
        var streamed = await Task.WhenAll(prompts.Select(async prompt =>
            string.Concat(await client.StreamTokensAsync(Request(prompt), Faults.None, cancellationToken).ToListAsync(cancellationToken))));
        var whole = await Task.WhenAll(prompts.Select(async prompt =>
            (await client.RunAsync(Request(prompt), Faults.None, cancellationToken)).Output.Choices[0].Text!));
        RequireSame(streamed, whole);
        return new ExpectedTexts(streamed, whole);
    }

    // Two ways to the same text: what the faulty calls are measured by must itself be right.
    private static void RequireSame(string[] streamed, string[] whole)
    {
        for (var prompt = 0; prompt < Count; prompt++)
        {
            if (streamed[prompt] != $" {whole[prompt]}</s>" || whole[prompt].Length < Prompts[prompt].Length)
            {
                throw new InvalidOperationException($"Without faults, the calls disagree about prompt {prompt}.");
            }
        }
    }
}
