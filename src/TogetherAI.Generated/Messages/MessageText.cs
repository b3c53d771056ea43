namespace TogetherAI;

/// <summary>Joins what the blocks of one type say.</summary>
internal static class MessageText
{
    public static string? Join(IReadOnlyList<MessageContentBlock>? blocks, MessageContentBlockType type, Func<MessageContentBlock, string?> text)
        => Join(blocks?.Where(block => block?.Type == type), text);

    public static string? Join<T>(IEnumerable<T>? parts, Func<T, string?> text)
    {
        var texts = parts?.Select(text).OfType<string>().ToList();
        return texts is { Count: > 0 } ? string.Concat(texts) : null;
    }
}
