using System.Net;
using System.Text;
using System.Text.Json;

namespace TogetherAI.Cli.Batches;

/// <summary>Sends the requests that have no response as ordinary calls, many at once, and writes each response as it comes.</summary>
internal sealed class DirectRun(TogetherAIClient client, TogetherAIRequestOptions options, string endpoint, string? model, int concurrency, ResponseFile responses, RateGate gate, ProgressLine progress)
{
    private const int MaxAttempts = 5;
    private const int MaxRefusals = 50;

    public async Task RunAsync(RequestFile requests, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(requests.LinesAsync(cancellationToken), parallel, async (line, token) =>
        {
            if (!responses.Has(line))
            {
                responses.Add(await SendAsync(line, token).ConfigureAwait(false));
                progress.Report("Sending", (double)(responses.Succeeded + responses.Failed) / requests.Count);
            }
        }).ConfigureAwait(false);
    }

    private async Task<BatchResult> SendAsync(RequestLine line, CancellationToken cancellationToken)
    {
        var body = BodyOf(line);
        var (attempts, refusals) = (0, 0);
        while (true)
        {
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var response = await client.Raw.SendAsync(new TogetherAIRawRequest(endpoint, body), options, cancellationToken).ConfigureAwait(false);
                gate.Passed();
                return new BatchResult(line.Id, Encoding.UTF8.GetString(response.Body.Span), failure: null, (int?)response.Info.StatusCode);
            }
            catch (TogetherAIException exception) when (exception.IsTransient && (IsRefusal(exception) ? ++refusals < MaxRefusals : ++attempts < MaxAttempts))
            {
                // One refusal is for all requests: they wait together instead of each being refused.
                gate.Close(exception.RetryAfter);
            }
            catch (TogetherAIException exception) when (exception.StatusCode is { } status && !IsForAll(status))
            {
                return new BatchResult(line.Id, body: null, new BatchFailure(exception.ServerMessage ?? exception.Message, exception.ErrorType, exception.ErrorCode), (int)status);
            }
        }
    }

    private static bool IsRefusal(TogetherAIException exception) => exception.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    // No other request would fare better.
    private static bool IsForAll(HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden;

    private byte[] BodyOf(RequestLine line)
    {
        using var json = JsonDocument.Parse(line.Text);
        var body = json.RootElement.GetProperty("body");
        if (model is null || body.TryGetProperty("model", out _))
        {
            return Encoding.UTF8.GetBytes(body.GetRawText());
        }

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("model", model);
            foreach (var field in body.EnumerateObject())
            {
                field.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
