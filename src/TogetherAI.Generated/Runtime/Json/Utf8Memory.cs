#if NET8_0_OR_GREATER
using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads bytes and vectors without a text or a list of their own; what is neither is given up.</summary>
internal static class Utf8Memory
{
    public static ReadOnlyMemory<byte> ReadBytes(ref Utf8Source source) => Bytes(ref source) ?? source.GiveUp<byte[]>();

    public static byte[]? ReadArray(ref Utf8Source source)
        => source.TokenType == JsonTokenType.Null ? null : Bytes(ref source) ?? source.GiveUp<byte[]>();

    public static ReadOnlyMemory<byte>? ReadBytesOrNull(ref Utf8Source source)
        => source.TokenType == JsonTokenType.Null ? null : (ReadOnlyMemory<byte>?)ReadBytes(ref source);

    public static ReadOnlyMemory<float> ReadVector(ref Utf8Source source)
        => source.TokenType switch
        {
            JsonTokenType.StartArray => Numbers(ref source),
            JsonTokenType.String when Bytes(ref source) is { } bytes && VectorConverter.Numbers(bytes) is { } numbers => numbers,
            _ => source.GiveUp<float[]>(),
        };

    public static ReadOnlyMemory<float>? ReadVectorOrNull(ref Utf8Source source)
        => source.TokenType == JsonTokenType.Null ? null : (ReadOnlyMemory<float>?)ReadVector(ref source);

    private static byte[]? Bytes(ref Utf8Source source)
    {
        if (source.TokenType != JsonTokenType.String)
        {
            return null;
        }

        var text = source.Bytes;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (!source.IsEscaped && Base64.DecodeFromUtf8(text, bytes, out _, out var length) == OperationStatus.Done)
        {
            return length == bytes.Length ? bytes : bytes[..length];
        }

        return BytesConverter.Decode(JsonText.Decode(text, source.IsEscaped));
    }

    private static float[] Numbers(ref Utf8Source source)
    {
        using var numbers = Utf8List.ReadPooled(ref source, Utf8Primitives.ReadSingle);
        return [.. numbers.Items];
    }
}
#endif
