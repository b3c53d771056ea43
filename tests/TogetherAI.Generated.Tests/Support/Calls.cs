namespace TogetherAI.Tests.Support;

/// <summary>Makes calls of every way.</summary>
public static class Calls
{
    public static Call[] All { get; } = Enum.GetValues<Call>();

    public static Call[] Streams { get; } = [Call.StreamBytes, Call.Stream, Call.StreamTokens];

    /// <summary>Makes a call and reads it to its end.</summary>
    public static async Task CompleteAsync(
        this ITogetherAIInferenceClient client,
        Call call,
        TogetherAIRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        switch (call)
        {
            case Call.Run:
                await client.RunAsync(Clients.Request, options, cancellationToken);
                break;
            case Call.StreamBytes:
                using (var bytes = await client.StreamBytesAsync(Clients.Request, options, cancellationToken))
                {
                    await bytes.CopyToAsync(Stream.Null, cancellationToken);
                }

                break;
            case Call.Stream:
                await client.StreamAsync(Clients.Request, options, cancellationToken).ToListAsync(CancellationToken.None);
                break;
            default:
                await client.StreamTokensAsync(Clients.Request, options, cancellationToken).ToListAsync(CancellationToken.None);
                break;
        }
    }

    /// <summary>Takes the beginning of a stream, and leaves it.</summary>
    public static async Task TakeOneAsync(this ITogetherAIInferenceClient client, Call call, CancellationToken cancellationToken = default)
    {
        if (call == Call.StreamBytes)
        {
            using var bytes = await client.StreamBytesAsync(Clients.Request, cancellationToken: cancellationToken);
            await bytes.ReadExactlyAsync(new byte[1], cancellationToken);
        }
        else if (call == Call.Stream)
        {
            await client.StreamAsync(Clients.Request, cancellationToken: cancellationToken).FirstAsync(cancellationToken);
        }
        else
        {
            await client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken).FirstAsync(cancellationToken);
        }
    }

    /// <summary>An answer that satisfies the call.</summary>
    public static string Answer(Call call)
        => call == Call.Run ? Answers.Run : Answers.Of(200, Frames.Text(" 4") + Frames.Done, "text/event-stream");

    /// <summary>A server that answers every request as the call wants it, told apart by the body that arrives.</summary>
    public static RawServer Server() => RawServer.Start((connection, request, stop) =>
        connection.SendAsync(Answer(request.Body.Contains("\"stream_tokens\":true", StringComparison.Ordinal) ? Call.StreamTokens : Call.Run), stop));
}
