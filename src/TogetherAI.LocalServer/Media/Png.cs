using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TogetherAI.LocalServer.Media;

/// <summary>Draws images of stripes in two colours, as PNG files.</summary>
internal static class Png
{
    private const uint CrcPolynomial = 0xEDB88320;

    /// <summary>The image that belongs to a number.</summary>
    public static byte[] Stripes(int width, int height, uint number)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        // One bit for each pixel, which chooses a colour of the palette.
        header[8] = 1;
        header[9] = 3;
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "PLTE", [(byte)number, (byte)(number >> 8), (byte)(number >> 16), 0xF4, 0xF1, 0xEA]);
        WriteChunk(file, "IDAT", Pixels(width, height, stripe: 8 + (int)(number >> 28)));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Pixels(int width, int height, int stripe)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            // The first byte of a row is its filter: none.
            var row = new byte[1 + ((width + 7) / 8)];
            for (var y = 0; y < height; y++)
            {
                row.AsSpan(1).Fill((y / stripe) % 2 == 0 ? (byte)0x00 : (byte)0xFF);
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(content));
        file.Write(number);
    }

    // PNG specification, annex D.
    private static uint Crc(byte[] content)
    {
        var crc = uint.MaxValue;
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ CrcPolynomial;
            }
        }

        return ~crc;
    }
}
