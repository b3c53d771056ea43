namespace TogetherAI.Runtime.Buffers;

/// <summary>A text that grows, and can be read at any time: as memory without a copy, or as a string that is made once for each change.</summary>
/// <remarks>Invariant: characters that have been added never change, so that memory that was handed out stays what it was.</remarks>
internal sealed class GrowingText
{
    private const int FirstCapacity = 256;

    private char[] _characters = [];
    private string? _text = "";

    public int Length { get; private set; }

    /// <summary>The text so far, without a copy.</summary>
    public ReadOnlyMemory<char> Memory => new(_characters, 0, Length);

    public void Append(string? piece)
    {
        if (string.IsNullOrEmpty(piece))
        {
            return;
        }

        var length = Length + piece!.Length;
        if (length > _characters.Length)
        {
            Array.Resize(ref _characters, Math.Max(Math.Max(length, FirstCapacity), PooledBuffer<char>.NextLength(_characters.Length)));
        }

        piece.CopyTo(0, _characters, Length, piece.Length);
        Length = length;
        _text = null;
    }

    public override string ToString() => _text ??= new string(_characters, 0, Length);
}
