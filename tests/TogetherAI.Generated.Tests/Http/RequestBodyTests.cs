using System.IO.Pipelines;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>The bytes of a request: the same for every try, and whole for as long as somebody sends them.</summary>
[CancelAfter(30_000)]
public sealed class RequestBodyTests
{
    private const int Large = 300_000;

    [Test]
    public async Task Large_body_is_sent_again_byte_for_byte([Values("a", "é", "日\n", "\U0001F600\"")] string unit)
    {
        var prompt = string.Concat(Enumerable.Repeat(unit, Large));
        await using var server = RawServer.Answering(Answers.Empty(503), Answers.Empty(503), Answers.Run);
        using var client = Clients.For(server, options => (options.TimeProvider, options.MaxRetries) = (new InstantTime(), 2));

        await client.RunAsync(Request(prompt));

        var bodies = server.Requests.Select(request => request.Body).ToList();
        Assert.That(bodies, Has.Count.EqualTo(3).And.All.EqualTo(bodies[0]));
        Assert.That((string?)JObject.Parse(bodies[0])["prompt"], Is.EqualTo(prompt));
    }

    [Test]
    public async Task Large_body_stays_whole_while_it_is_sent_after_an_early_answer()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var sending = Task.CompletedTask;
        using var handler = new Handler(content => sending = SendAsync(content, pipe.Writer));
        using var client = Client(handler);
        await client.RunAsync(Request(new string('a', Large)));
        var isSentLater = !sending.IsCompleted;

        // These would write into the memory of the first one if it had been given back.
        handler.Received = _ => { };
        await client.RunAsync(Request(new string('b', Large)));
        await client.RunAsync(Request(new string('c', Large)));
        using var reader = new StreamReader(pipe.Reader.AsStream());
        var body = await reader.ReadToEndAsync();
        await sending;

        Assert.That(isSentLater, Is.True);
        Assert.That((string?)JObject.Parse(body)["prompt"] == new string('a', Large), Is.True);
    }

    [TestCase(10)]
    [TestCase(3_000)]
    [TestCase(Large)]
    public async Task Body_can_be_read_after_the_call_whatever_its_size(int length)
    {
        HttpContent? kept = null;
        using var handler = new Handler(content => kept = content);
        using var client = Client(handler);

        await client.RunAsync(Request(new string('a', length)));
        var body = await kept!.ReadAsStringAsync();

        Assert.That((string?)JObject.Parse(body)["prompt"] == new string('a', length), Is.True);
    }

    private static InferenceRequest Request(string prompt) => new() { Model = "org/model", Prompt = prompt };

    private static TogetherAIInferenceClient Client(HttpMessageHandler handler)
        => new(new HttpClient(handler), Clients.Options(new Uri("http://localhost/")));

    private static async Task SendAsync(HttpContent content, PipeWriter writer)
    {
        await content.CopyToAsync(writer.AsStream());
        await writer.CompleteAsync();
    }

    private sealed class Handler(Action<HttpContent> received) : HttpMessageHandler
    {
        public Action<HttpContent> Received { get; set; } = received;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Received(request.Content!);
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(Answers.RunBody, null, "application/json") });
        }
    }
}
