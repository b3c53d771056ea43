using System.Globalization;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>One client, many calls at once.</summary>
[CancelAfter(60_000)]
public sealed class ConcurrencyTests
{
    [Test]
    public async Task Parallel_calls_with_keys_and_headers_of_their_own_never_mix(CancellationToken cancellationToken)
    {
        const int Count = 400;
        await using var server = RawServer.Start((connection, request, stop) =>
        {
            var prompt = (string)request.Json["prompt"]!;
            return connection.SendAsync(
                (bool)request.Json["stream_tokens"]!
                    ? Answers.Of(200, Frames.Text(prompt) + Frames.Done, "text/event-stream")
                    : Answers.Of(200, $$$"""{"output":{"choices":[{"text":"{{{prompt}}}"}]}}"""),
                stop);
        });
        using var client = Clients.For(server, options => options.Headers["X-Shared"] = "all");

        async Task<string> CallAsync(int number)
        {
            var name = number.ToString(CultureInfo.InvariantCulture);
            var request = new InferenceRequest { Model = "m", Prompt = name };
            var options = new TogetherAIRequestOptions { ApiKey = "key-" + name, Headers = { ["X-Call"] = name } };
            return (number % 3) switch
            {
                0 => (await client.RunAsync(request, options, cancellationToken)).Output.Choices![0].Text!,
                1 => string.Concat(await client.StreamTokensAsync(request, options, cancellationToken).ToListAsync(cancellationToken)),
                _ => string.Concat((await client.StreamAsync(request, options, cancellationToken).ToListAsync(cancellationToken)).Select(chunk => chunk.Choices![0].Text)),
            };
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, Count).Select(number => Task.Run(() => CallAsync(number), cancellationToken)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Is.EqualTo(Enumerable.Range(0, Count).Select(number => number.ToString(CultureInfo.InvariantCulture))));
            Assert.That(server.Requests, Has.Count.EqualTo(Count));
            foreach (var request in server.Requests)
            {
                var name = (string)request.Json["prompt"]!;
                Assert.That((request.Header("Authorization"), request.Header("X-Call"), request.Header("X-Shared")), Is.EqualTo(("Bearer key-" + name, name, "all")));
            }
        }
    }

    [Test]
    public async Task One_stream_enumerated_by_many_at_once_sends_a_request_for_each(CancellationToken cancellationToken)
    {
        await using var server = RawServer.Answering(Calls.Answer(Call.StreamTokens));
        using var client = Clients.For(server);
        var stream = client.StreamTokensAsync(Clients.Request, cancellationToken: cancellationToken);

        var texts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stream.ToListAsync(cancellationToken).AsTask()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.All.EqualTo(new[] { " 4" }));
            Assert.That(server.Requests, Has.Count.EqualTo(20));
        }
    }
}
