using System.Text;
using Microsoft.AspNetCore.Http;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Faults;

/// <summary>Sends the events of one stream, and strikes at one of them.</summary>
internal sealed class FaultyEvents
{
    private const int LatestEvent = 8;

    // Kestrel hands what was written to the socket in a loop of its own. A reset at once would often take even the
    // response headers with it, and then no stream was reset, but a request.
    private static readonly TimeSpan TimeToSend = TimeSpan.FromMilliseconds(50);

    private readonly TogetherAILocalServerFault _fault;
    private readonly HttpContext _context;
    private readonly FaultSettings _settings;
    private int _eventsBefore;

    private FaultyEvents(TogetherAILocalServerFault fault, int eventsBefore, HttpContext context, FaultSettings settings)
    {
        _fault = fault;
        _eventsBefore = eventsBefore;
        _context = context;
        _settings = settings;
    }

    public static FaultyEvents Create(TogetherAILocalServerFault fault, FaultDraw draw, HttpContext context, FaultSettings settings)
        => new(fault, draw.NextCount(LatestEvent), context, settings);

    public async Task SendAsync(byte[] bytes, Stream connection, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _context.RequestAborted);
        if (_eventsBefore-- == 0)
        {
            await StrikeAsync(bytes, connection, ending.Token).ConfigureAwait(false);
        }

        if (_fault == TogetherAILocalServerFault.SlowBytes && _eventsBefore < 0)
        {
            await SendSlowlyAsync(bytes, connection, ending.Token).ConfigureAwait(false);
            return;
        }

        await SendNowAsync(bytes, connection, ending.Token).ConfigureAwait(false);
    }

    private Task StrikeAsync(byte[] bytes, Stream connection, CancellationToken cancellationToken) => _fault switch
    {
        TogetherAILocalServerFault.Reset => ResetAsync(bytes, connection, cancellationToken),
        TogetherAILocalServerFault.Truncation => throw new StreamCutException(),
        TogetherAILocalServerFault.Stall => Task.Delay(_settings.StallTime, _settings.Time, cancellationToken),
        TogetherAILocalServerFault.Garbage => SendNowAsync("data: {\"choices\":[{\"text\":\n\n"u8.ToArray(), connection, cancellationToken),
        TogetherAILocalServerFault.ErrorEvent => ReportAsync(connection, cancellationToken),
        TogetherAILocalServerFault.OversizedEvent => SendOversizedAsync(connection, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task ResetAsync(byte[] bytes, Stream connection, CancellationToken cancellationToken)
    {
        await SendNowAsync(bytes.AsMemory(0, bytes.Length / 2), connection, cancellationToken).ConfigureAwait(false);
        await Task.Delay(TimeToSend, cancellationToken).ConfigureAwait(false);
        _context.Abort();
        throw new StreamCutException();
    }

    private async Task ReportAsync(Stream connection, CancellationToken cancellationToken)
    {
        await SendNowAsync(Encoding.UTF8.GetBytes(ApiForms.ErrorEvent(_context.Request, "This server was told to fail.", _context.TraceIdentifier)), connection, cancellationToken).ConfigureAwait(false);
        throw new StreamCutException();
    }

    // Whoever takes events of that size finds nothing in it.
    private async Task SendOversizedAsync(Stream connection, CancellationToken cancellationToken)
    {
        var padding = new byte[16 * 1024];
        padding.AsSpan().Fill((byte)'x');
        await connection.WriteAsync("data: {\"choices\":[],\"padding\":\""u8.ToArray(), cancellationToken).ConfigureAwait(false);
        for (var left = _settings.OversizedEventBytes; left > 0; left -= padding.Length)
        {
            await connection.WriteAsync(padding.AsMemory(0, Math.Min(left, padding.Length)), cancellationToken).ConfigureAwait(false);
        }

        await SendNowAsync("\"}\n\n"u8.ToArray(), connection, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendSlowlyAsync(byte[] bytes, Stream connection, CancellationToken cancellationToken)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            await SendNowAsync(bytes.AsMemory(index, 1), connection, cancellationToken).ConfigureAwait(false);
            if (_settings.ByteInterval > TimeSpan.Zero)
            {
                await Task.Delay(_settings.ByteInterval, _settings.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task SendNowAsync(ReadOnlyMemory<byte> bytes, Stream connection, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await connection.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
