namespace TogetherAI.LocalServer.Code;

/// <summary>A list, which nothing changes.</summary>
internal sealed class CodeList
{
    // Whoever walks through it does so by recursion.
    private const int MaxDepth = 50;

    private readonly int _depth;

    public CodeList(IReadOnlyList<object?> items)
    {
        Items = items;
        var size = items.Sum(static item => (long)CodeValue.SizeOf(item)) + 1;
        _depth = items.OfType<CodeList>().Select(static list => list._depth).DefaultIfEmpty().Max() + 1;
        if (size > CodeValue.MaxSize || _depth > MaxDepth)
        {
            throw CodeErrorException.TooLarge();
        }

        Size = (int)size;
    }

    public IReadOnlyList<object?> Items { get; }

    public int Size { get; }
}
