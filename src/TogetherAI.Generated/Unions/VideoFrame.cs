using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A frame of a video: its number, or its position. A number and a string convert to it.</summary>
[JsonConverter(typeof(Converter))]
public sealed class VideoFrame : IUnion
{
    private readonly object _value;

    private VideoFrame(object value) => _value = value;

    /// <summary>The first frame.</summary>
    public static VideoFrame First { get; } = "first";

    /// <summary>The last frame.</summary>
    public static VideoFrame Last { get; } = "last";

    /// <summary>Gets the number; null if the frame is a position.</summary>
    public double? Number => _value as double?;

    /// <summary>Gets the position, such as <c>first</c>; null if the frame is a number.</summary>
    public string? Position => _value as string;

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    // A frame's number is written without a fraction that it does not have.
    object IUnion.Value => _value is double number && number == (long)number ? (long)number : _value;

    /// <summary>Creates a value from a frame number.</summary>
    public static implicit operator VideoFrame(double number) => new(number);

    /// <summary>Creates a value from <c>first</c> or <c>last</c>.</summary>
    [return: NotNullIfNotNull(nameof(position))]
    public static implicit operator VideoFrame?(string? position)
        => position is null ? null : new(position);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="number">The frame number.</param>
    public static VideoFrame FromNumber(double number) => new(number);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="position"><c>first</c> or <c>last</c>.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static VideoFrame FromPosition(string position) => new(position ?? throw new ArgumentNullException(nameof(position)));

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static VideoFrame FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>The number or the position.</summary>
    public override string ToString() => Convert.ToString(_value, CultureInfo.InvariantCulture) ?? "";

    internal sealed class Converter : UnionConverter<VideoFrame>
    {
        protected override VideoFrame Create(JToken json) => json switch
        {
            JValue { Type: JTokenType.Float or JTokenType.Integer } => (double)json,
            JValue { Value: string position } => position,
            _ => new VideoFrame(json),
        };
    }
}
