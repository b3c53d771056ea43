using System.Globalization;
using System.Text;
using TogetherAI.Fuzzing.Inputs;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>
/// The reader of event streams: its three ways agree with each other however the bytes are cut, and with an oracle that reads the
/// events the slow and obvious way.
/// </summary>
/// <remarks>The header of an input is the name of a stream and a number: 0 for bytes in one piece, 1 for each byte by itself, otherwise the seed of the cuts.</remarks>
internal sealed class StreamTarget : FuzzTarget
{
    private const int MaxPiece = 20;

    private static readonly string[] WireWords =
    [
        "data: ", "data:", "\n", "\n\n", "\r", "\r\n", "event: error\n", "event: ", "event:\n", "id: 1\n", "retry: 1\n", ":\n", ": ping\n\n", "[DONE]", "[done] ", "data: [DONE]\n\n", "\n[DONE]\n", "data\n",
        "\"error\":", "\"message\":", "\"detail\":", "\"choices\":", "\"index\":", "\"text\":", "\"delta\":", "\"content\":", "\"finish_reason\":", "\"usage\":", "\"generated_text\":", "\"type\":",
    ];

    private readonly PiecesHandler _handler = new();
    private readonly IReadOnlyDictionary<string, StreamCalls> _calls;
    private readonly string[] _names;

    public StreamTarget()
    {
        var options = new TogetherAIOptions { BaseUrl = new Uri("http://localhost/"), ApiKey = "key", MaxRetries = 0 };
        _calls = StreamCalls.All(new TogetherAIClient(new HttpClient(_handler) { Timeout = Timeout.InfiniteTimeSpan }, options));
        _names = [.. _calls.Keys];
    }

    public override byte[][] Words { get; } = [.. JsonWords(JsonTypes.FieldNames), .. Enumerable.Repeat(WireWords, 8).SelectMany(words => words).Select(Encoding.UTF8.GetBytes)];

    public override IEnumerable<FuzzInput> Seeds() => StreamSeeds.All();

    public override string Mutate(string header, Random random)
    {
        var name = random.Next(20) == 0 ? _names[random.Next(_names.Length)] : header.Split(' ')[0];
        return $"{name} {(random.Next(4) == 0 ? 1 : 2 + random.Next(1000))}";
    }

    public override void Check(FuzzInput input)
    {
        var header = input.Header.Split(' ');
        var calls = _calls[header[0]];
        var cut = Cut(input.Body, int.Parse(header[1], CultureInfo.InvariantCulture)).ToList();
        var (chunks, texts) = Run([input.Body], calls.ChunksAsync);
        RequireSame(header[0], "chunks", chunks, Run(cut, calls.ChunksAsync).Chunks);
        CheckBytes(header[0], input.Body, Run(cut, calls.BytesAsync));
        ChunkOracle.Check(header[0], calls.Chunk, input.Body, chunks);
        if (calls.HasTokens)
        {
            var tokens = Run([input.Body], calls.TokensAsync);
            RequireSame(header[0], "tokens", tokens, Run(cut, calls.TokensAsync));
            CheckTokens(header[0], chunks, texts, tokens);
        }
    }

    private static void CheckBytes(string name, byte[] wire, (byte[] Bytes, TogetherAIStreamFailure? Failure) outcome)
    {
        // White space and a byte-order mark do not show yet that a body is no event stream.
        var agrees = outcome.Failure is null ? wire.AsSpan().SequenceEqual(outcome.Bytes)
            : wire.AsSpan().StartsWith(outcome.Bytes) && outcome.Bytes.All(one => one <= (byte)' ' || Encoding.UTF8.Preamble.Contains(one));
        if (!agrees)
        {
            throw new FaultException($"The bytes of {name} are not those of the server.", $"{outcome.Failure} {Encoding.UTF8.GetString(outcome.Bytes)}");
        }
    }

    private static void RequireSame(string name, string what, StreamOutcome whole, StreamOutcome cut)
    {
        if (!whole.IsSameAs(cut))
        {
            throw new FaultException($"The {what} of {name} depend on where the bytes are cut.", $"whole: {whole}\ncut:   {cut}");
        }
    }

    // A chunk can be malformed in a place that no text depends on, and a whole stream without any text is no success for who wants texts.
    private static void CheckTokens(string name, StreamOutcome chunks, IReadOnlyList<string?> texts, StreamOutcome tokens)
    {
        if (texts.Contains(null))
        {
            return;
        }

        var expected = new StreamOutcome([.. texts.Where(text => text!.Length > 0).Select(text => text!)], chunks.Failure);
        var agrees = chunks.Failure == TogetherAIStreamFailure.MalformedEvent ? tokens.BeginsWith(expected)
            // The last event may be malformed because it was cut off.
            : chunks.Failure == TogetherAIStreamFailure.Incomplete && tokens.Failure == chunks.Failure ? tokens.BeginsWith(expected) && tokens.Values.Count <= expected.Values.Count + 1
            : expected.IsSameAs(tokens) || (expected.Values.Count == 0 && tokens is { Values.Count: 0, Failure: TogetherAIStreamFailure.MalformedEvent });
        if (!agrees)
        {
            throw new FaultException($"The tokens of {name} are not those of its chunks.", $"chunks: {expected}\ntokens: {tokens}");
        }
    }

    private T Run<T>(IReadOnlyList<byte[]> pieces, Func<Task<T>> call)
    {
        _handler.Pieces = pieces;
        var running = call();
        return running.IsCompleted ? running.GetAwaiter().GetResult()
            : throw new FaultException("A call waits for something else than the server.", running.Status.ToString());
    }

    private static IEnumerable<byte[]> Cut(byte[] wire, int seed)
    {
        var random = new Random(seed);
        for (var start = 0; start < wire.Length;)
        {
            var length = Math.Min(wire.Length - start, seed switch { 0 => wire.Length, 1 => 1, _ => 1 + random.Next(MaxPiece) });
            yield return wire[start..(start + length)];
            start += length;
        }
    }
}
