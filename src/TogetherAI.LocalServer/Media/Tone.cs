using System.Buffers.Binary;
using System.Text;

namespace TogetherAI.LocalServer.Media;

/// <summary>A tone that lasts as long as somebody would take to read a text.</summary>
internal sealed class Tone(string text, int sampleRate)
{
    private const double SecondsPerCharacter = 0.06;
    private const double ShortestSeconds = 0.25;
    private const double LongestSeconds = 30;
    private const double Hertz = 440;
    private const double Loudness = 0.25;
    private const int HeaderLength = 44;

    public int SampleCount { get; } = (int)(sampleRate * Math.Clamp(text.Length * SecondsPerCharacter, ShortestSeconds, LongestSeconds));

    /// <summary>The samples as 16-bit integers, little-endian.</summary>
    public byte[] ToIntegers()
    {
        var bytes = new byte[SampleCount * sizeof(short)];
        for (var index = 0; index < SampleCount; index++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(index * sizeof(short)), (short)(Sample(index) * short.MaxValue));
        }

        return bytes;
    }

    /// <summary>The samples as 32-bit floating-point numbers, little-endian.</summary>
    public byte[] ToFloats()
    {
        var bytes = new byte[SampleCount * sizeof(float)];
        for (var index = 0; index < SampleCount; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), (float)Sample(index));
        }

        return bytes;
    }

    /// <summary>The tone as a WAV file with 16-bit samples.</summary>
    public byte[] ToWav()
    {
        var samples = ToIntegers();
        using var file = new MemoryStream(HeaderLength + samples.Length);
        using var writer = new BinaryWriter(file);
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(HeaderLength - 8 + samples.Length);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(16);
        // PCM, one channel.
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(sampleRate);
        writer.Write(sampleRate * sizeof(short));
        writer.Write((short)sizeof(short));
        writer.Write((short)16);
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(samples.Length);
        writer.Write(samples);
        return file.ToArray();
    }

    private double Sample(int index) => Loudness * Math.Sin(2 * Math.PI * Hertz * index / sampleRate);
}
