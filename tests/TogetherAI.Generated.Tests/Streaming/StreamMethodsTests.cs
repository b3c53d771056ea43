using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Streaming;

/// <summary>Every way in which a <see cref="Stream"/> can be read gives the same bytes, and holds no memory while it waits.</summary>
[CancelAfter(30_000)]
public sealed class StreamMethodsTests
{
    // A body may then have no content at all.
    private static readonly TogetherAIRequestOptions Anything = new() { AllowNonEventStreams = true };

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(number => Frames.Text($"{number}"))));

    public delegate Task<byte[]> Reading(Stream stream, CancellationToken cancellationToken);

    private static IEnumerable<TestCaseData> Ways =>
    [
        Way("ReadAsync_array", async (stream, token) => await ReadAllAsync(buffer => stream.ReadAsync(buffer, 0, buffer.Length, token))),
        Way("ReadAsync_memory", async (stream, token) => await ReadAllAsync(buffer => stream.ReadAsync(buffer.AsMemory(), token).AsTask())),
        Way("Read_array", (stream, _) => ReadAllAsync(buffer => Task.FromResult(stream.Read(buffer, 0, buffer.Length)))),
        Way("Read_span", (stream, _) => ReadAllAsync(buffer => Task.FromResult(stream.Read(buffer.AsSpan())))),
        Way("ReadByte", (stream, _) => ReadAllAsync(buffer => Task.FromResult(ReadByte(stream, buffer)))),
        Way("BeginRead", (stream, _) => ReadAllAsync(buffer => Task.Factory.FromAsync(stream.BeginRead, stream.EndRead, buffer, 0, buffer.Length, null))),
        Way("ReadAtLeastAsync", (stream, token) => ReadAllAsync(buffer => stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token).AsTask())),
        Way("CopyTo", (stream, _) =>
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Task.FromResult(copy.ToArray());
        }),
        Way("CopyToAsync", async (stream, token) =>
        {
            var copy = new MemoryStream();
            await stream.CopyToAsync(copy, token);
            return copy.ToArray();
        }),
    ];

    [TestCaseSource(nameof(Ways))]
    public async Task StreamBytes_read_in_any_way_gives_the_same_bytes(Reading readAsync, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Streaming([.. Body.Chunk(7000)]);
        using var client = Clients.For(server);
        using var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);

        var bytes = await readAsync(stream, cancellationToken);

        Assert.That(bytes.AsSpan().SequenceEqual(Body), Is.True);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task StreamBytes_read_in_any_way_shows_what_is_no_event_stream(Reading readAsync, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Answers.Of(200, "{\"error\":\"overloaded\"}", "text/event-stream"));
        using var client = Clients.For(server);
        using var stream = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);

        await Assert.ThatAsync(
            () => readAsync(stream, cancellationToken),
            Throws.TypeOf<TogetherAIStreamException>().With.Property("ServerMessage").EqualTo("overloaded"));
    }

    [Test]
    public async Task CopyToAsync_waits_for_data_without_a_buffer(CancellationToken cancellationToken)
    {
        var body = new AskedStream();
        using var client = body.Client();
        using var stream = await client.StreamBytesAsync(Clients.Request, Anything, cancellationToken);

        var copying = stream.CopyToAsync(Stream.Null, cancellationToken);

        Assert.That(body.Rooms, Is.EqualTo(new[] { 0 }));
        body.End.SetResult();
        await copying;
    }

    [Test]
    public async Task CopyToAsync_copies_what_a_stream_has_that_refuses_to_read_nothing(CancellationToken cancellationToken)
    {
        var body = new AskedStream { RefusesNothing = true };
        body.End.SetResult();
        using var client = body.Client();
        using var stream = await client.StreamBytesAsync(Clients.Request, Anything, cancellationToken);

        await Assert.ThatAsync(() => stream.CopyToAsync(Stream.Null, cancellationToken), Throws.Nothing);
    }

    private static TestCaseData Way(string name, Reading readAsync) => new TestCaseData(readAsync).SetArgDisplayNames(name);

    private static async Task<byte[]> ReadAllAsync(Func<byte[], Task<int>> readAsync)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1000];
        for (int count; (count = await readAsync(buffer)) > 0;)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private static int ReadByte(Stream stream, byte[] buffer)
    {
        var next = stream.ReadByte();
        buffer[0] = (byte)next;
        return next < 0 ? 0 : 1;
    }

    // Remembers for how many bytes each read had room.
    private sealed class AskedStream : ReadOnlyStream
    {
        private readonly List<int> _rooms = [];

        public TaskCompletionSource End { get; } = new();

        public bool RefusesNothing { get; init; }

        public IReadOnlyList<int> Rooms => _rooms;

        public TogetherAIInferenceClient Client() => new(new HttpClient(new Handler(this)), Clients.Options(new Uri("http://localhost/")));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _rooms.Add(buffer.Length);
            ArgumentOutOfRangeException.ThrowIfEqual(RefusesNothing && buffer.Length == 0, true, nameof(buffer));
            await End.Task.WaitAsync(cancellationToken);
            return 0;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Handler(Stream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "text/event-stream");
            return Task.FromResult(new HttpResponseMessage { Content = content });
        }
    }
}
