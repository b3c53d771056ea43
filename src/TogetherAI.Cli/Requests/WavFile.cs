using System.Buffers.Binary;

namespace TogetherAI.Cli.Requests;

/// <summary>A WAV file whose samples are sent as they are.</summary>
internal sealed class WavFile : IDisposable
{
    private const int PcmFormat = 1;
    private const int SampleBits = 16;

    private readonly Stream _file;
    private long _left;

    private WavFile(Stream file, int sampleRate, long length)
    {
        _file = file;
        SampleRate = sampleRate;
        _left = length;
    }

    public int SampleRate { get; }

    /// <summary>Whether nothing is left to read.</summary>
    public bool IsEmpty => _left == 0 || _file.Position >= _file.Length;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="UsageException">It is no WAV file with 16-bit samples and one channel.</exception>
    public static WavFile Open(string path)
    {
        try
        {
            var file = File.OpenRead(path);
            try
            {
                return Read(file) ?? throw new UsageException($"The file {path} is not a WAV file with 16-bit samples and one channel. Convert it, for example with ffmpeg -i FILE -ac 1 -ar 16000 -c:a pcm_s16le OUT.wav.");
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (FileNotFoundException)
        {
            throw new UsageException($"The file {path} does not exist.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads the next samples; empty at the end.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(int bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[(int)Math.Min(bytes, _left)];
        var read = await _file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        _left = read < buffer.Length ? 0 : _left - read;
        return buffer.AsMemory(0, read);
    }

    public void Dispose() => _file.Dispose();

    // The file is a sequence of chunks, of which "fmt " and "data" matter.
    private static WavFile? Read(Stream file)
    {
        var header = new byte[12];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !header.AsSpan(8).SequenceEqual("WAVE"u8))
        {
            return null;
        }

        int? sampleRate = null;
        var chunk = new byte[8];
        while (file.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4));
            if (chunk.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                return sampleRate is { } rate ? new WavFile(file, rate, length) : null;
            }

            if (!chunk.AsSpan(0, 4).SequenceEqual("fmt "u8))
            {
                file.Seek(length + (length & 1), SeekOrigin.Current);
                continue;
            }

            var format = new byte[16];
            if (length < format.Length || file.ReadAtLeast(format, format.Length, throwOnEndOfStream: false) < format.Length
                || BinaryPrimitives.ReadInt16LittleEndian(format) != PcmFormat || BinaryPrimitives.ReadInt16LittleEndian(format.AsSpan(2)) != 1
                || BinaryPrimitives.ReadInt16LittleEndian(format.AsSpan(14)) != SampleBits)
            {
                return null;
            }

            sampleRate = BinaryPrimitives.ReadInt32LittleEndian(format.AsSpan(4));
            file.Seek(length - format.Length + (length & 1), SeekOrigin.Current);
        }

        return null;
    }
}
