using System.Text;

namespace TogetherAI.Tests.Support;

/// <summary>Sends no request on before so many are being sent at once.</summary>
internal sealed class MeetingHandler(int calls) : HttpMessageHandler
{
    private readonly TaskCompletionSource _everyone = new();
    private readonly List<MemoryStream> _bodies = [];
    private int _arrived;

    public IReadOnlyList<string> Bodies => [.. _bodies.Select(body => Encoding.UTF8.GetString(body.ToArray()))];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = new MeetingBody(MeetAsync);
        lock (_bodies)
        {
            _bodies.Add(body);
        }

        await request.Content!.CopyToAsync(body, cancellationToken);
        return new HttpResponseMessage { Content = new StringContent("{\"text\":\"Hello.\"}") };
    }

    private Task MeetAsync()
    {
        if (Interlocked.Increment(ref _arrived) == calls)
        {
            _everyone.SetResult();
        }

        return _everyone.Task;
    }

    private sealed class MeetingBody(Func<Task> meetAsync) : MemoryStream
    {
        private bool _hasMet;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Span.IndexOf("RIFF"u8) >= 0 && !_hasMet)
            {
                _hasMet = true;
                await meetAsync();
            }

            await base.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
