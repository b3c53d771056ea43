namespace TogetherAI;

/// <summary>Joins what the blocks of one type say.</summary>
internal static class MessageText
{
    public static string? Join(IReadOnlyList<MessageContentBlock> blocks, MessageContentBlockType type, Func<MessageContentBlock, string?> text)
    {
        var texts = blocks.Where(block => block?.Type == type).Select(text).OfType<string>().ToList();
        return texts.Count > 0 ? string.Concat(texts) : null;
    }
}
