using System.Text.Json;

namespace TogetherAI.LocalServer.Endpoints.Batches;

/// <summary>Sends the requests of a batch to the server's own endpoints.</summary>
/// <param name="endpoints">The endpoints.</param>
/// <param name="interval">The time between two requests; zero sends several at once.</param>
/// <param name="time">The source of time.</param>
internal sealed class BatchSender(OwnEndpoints endpoints, TimeSpan interval, TimeProvider time) : IDisposable
{
    private const int Concurrency = 8;

    public void Dispose() => endpoints.Dispose();

    public Task SendAsync(BatchJob job, BatchInput lines, BatchOutput output, Action processed, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = interval > TimeSpan.Zero ? 1 : Concurrency, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(lines.LinesAsync(cancellationToken), options, async (line, token) =>
        {
            using (line)
            {
                if (interval > TimeSpan.Zero && output.Responses + output.Errors > 0)
                {
                    await Task.Delay(interval, time, token).ConfigureAwait(false);
                }

                await SendAsync(job, line, output, token).ConfigureAwait(false);
            }

            processed();
        });
    }

    private async Task SendAsync(BatchJob job, BatchLine line, BatchOutput output, CancellationToken cancellationToken)
    {
        if (line.Body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True)
        {
            output.AddError(line.Id, "The requests of a batch cannot be streamed.", "invalid_request_error");
            return;
        }

        try
        {
            using var response = await endpoints.SendAsync(job.Endpoint!.Value, line.Body, job.ModelId, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                output.AddResponse(line.Id, (int)response.StatusCode, body, response.Content.Headers.ContentType?.MediaType == "application/json");
                return;
            }

            var (message, code) = ErrorOf(body);
            output.AddError(line.Id, message, code);
        }
        catch (HttpRequestException exception)
        {
            output.AddError(line.Id, exception.Message, "server_error");
        }
    }

    private static (string Message, string? Code) ErrorOf(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var error = json.RootElement.GetProperty("error");
        return (error.GetProperty("message").GetString()!, error.GetProperty("code").GetString() ?? error.GetProperty("type").GetString());
    }
}
