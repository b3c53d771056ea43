using System.Buffers;
using System.Buffers.Binary;

namespace TogetherAI.LocalServer.Endpoints.Audio;

/// <summary>How long an audio file is.</summary>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Seconds">Duration, exact for a WAV file and a guess for every other.</param>
internal sealed record AudioLength(long Bytes, double Seconds)
{
    private const int HeaderLength = 44;
    private const int ByteRatePosition = 28;

    // 128 kbit/s, as many compressed recordings have.
    private const int GuessedByteRate = 16_000;

    /// <summary>Reads an audio file to its end without keeping it.</summary>
    public static async Task<AudioLength> MeasureAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            long bytes = await body.ReadAtLeastAsync(buffer, HeaderLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var rate = bytes >= HeaderLength && buffer.AsSpan(0, 4).SequenceEqual("RIFF"u8)
                ? BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(ByteRatePosition))
                : 0;
            while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                bytes += count;
            }

            var seconds = rate > 0 ? (double)(bytes - HeaderLength) / rate : (double)bytes / GuessedByteRate;
            return new AudioLength(bytes, Math.Round(seconds, 3));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
