using System.Diagnostics;
using System.Globalization;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Http;

/// <summary>Says on standard error what is sent and received, retries included.</summary>
internal sealed class RequestTrace : IDisposable
{
    private readonly Terminal _terminal;
    private readonly ActivityListener _listener;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private RequestTrace(Terminal terminal)
    {
        _terminal = terminal;
        // The HTTP library reports each request that really goes out; its addresses come without their query.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Report,
        };
    }

    public static RequestTrace Start(Terminal terminal, string key)
    {
        // Being watched must not change what is sent.
        DistributedContextPropagator.Current = DistributedContextPropagator.CreateNoOutputPropagator();
        var trace = new RequestTrace(terminal);
        ActivitySource.AddActivityListener(trace._listener);
        terminal.Note($"key: {key}");
        return trace;
    }

    public void Received(TogetherAIResponseInfo response)
        => _terminal.Note($"request id: {response.RequestId ?? "none"}");

    public void Dispose()
    {
        _terminal.Note($"done after {Milliseconds(_watch.Elapsed)}");
        _listener.Dispose();
    }

    private void Report(Activity activity)
    {
        if (activity.GetTagItem("url.full") is { } url)
        {
            var outcome = activity.GetTagItem("http.response.status_code") ?? activity.GetTagItem("error.type") ?? "no response";
            _terminal.Note($"{activity.GetTagItem("http.request.method")} {url}: {outcome} after {Milliseconds(activity.Duration)}");
        }
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms";
}
