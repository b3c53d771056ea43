using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>The tokens of the first examples of a file, all of which are trained on.</summary>
internal static class TrainingPreview
{
    public const int MaxLength = 8_192;

    public static async Task<FineTuningPreviewRow[]> RowsAsync(StoredFile file, int count, CancellationToken cancellationToken)
        => await TrainingData.LinesAsync(file, cancellationToken).Take(count).Select(Row).ToArrayAsync(cancellationToken).ConfigureAwait(false);

    public static FineTuningPreviewRow Row(string example)
    {
        var tokens = Tokenizer.Split(example).Take(MaxLength + 1).ToList();
        var isTruncated = tokens.Count > MaxLength;
        tokens = isTruncated ? tokens[..MaxLength] : tokens;
        return new FineTuningPreviewRow
        {
            InputIds = [.. tokens.Select(token => token.Id)],
            Labels = [.. tokens.Select(token => token.Id)],
            Tokens = [.. tokens.Select(token => token.Text)],
            TokenCount = tokens.Count,
            TrainedTokenCount = tokens.Count,
            TrainedSpans = [[0, tokens.Count]],
            IsTruncated = isTruncated,
        };
    }
}
