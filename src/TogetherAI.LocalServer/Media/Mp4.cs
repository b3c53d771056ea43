using System.Buffers.Binary;
using System.Text;

namespace TogetherAI.LocalServer.Media;

/// <summary>An MP4 file without a single track.</summary>
internal static class Mp4
{
    private const int HeaderLength = 100;

    public static byte[] Empty()
    {
        // ISO/IEC 14496-12, 8.2.2: a time scale of 1000, the normal rate and loudness, the unit matrix.
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(12), 1000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), 0x0001_0000);
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(24), 0x0100);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(36), 0x0001_0000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(52), 0x0001_0000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(68), 0x4000_0000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(96), 1);
        return [.. Box("ftyp", Encoding.ASCII.GetBytes("isom\0\0\0\0isom")), .. Box("moov", Box("mvhd", header))];
    }

    private static byte[] Box(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, 8 + content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. content];
    }
}
