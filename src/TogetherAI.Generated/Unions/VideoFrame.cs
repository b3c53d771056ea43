using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

public sealed partial class VideoFrame
{
    /// <summary>The first frame.</summary>
    public static VideoFrame First { get; } = FromPosition("first");

    /// <summary>The last frame.</summary>
    public static VideoFrame Last { get; } = FromPosition("last");

    // A frame's number is written without a fraction that it does not have.
    object IUnion.Value => _value is double number && number == (long)number ? (long)number : _value;
}
