using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Queue;

public sealed class QueueTests
{
    private static readonly QueueRequest Request = new("m", new JObject { ["prompt"] = "a" });

    [Test, CancelAfter(30_000)]
    public async Task Create_job_is_sent_and_its_id_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/queue/submit", """{"requestId":"r-1","error":null}""");

        var response = await server.Client.Queue.CreateAsync(Request, cancellationToken: cancellationToken);

        Assert.That(response.RequestId, Is.EqualTo("r-1"));
        Assert.That(server.Received.Body, Is.EqualTo("""{"model":"m","payload":{"prompt":"a"}}"""));
    }

    [TestCase("""{"error":"The queue is full."}""")]
    [TestCase("""{"requestId":"","error":{"message":"The queue is full."}}""")]
    [CancelAfter(30_000)]
    public void Create_that_reports_an_error_throws_what_it_says(string body, CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/queue/submit", body);

        Assert.That(
            async () => await server.Client.Queue.CreateAsync(Request, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIServerException>().With.Property(nameof(TogetherAIException.ServerMessage)).EqualTo("The queue is full."));
    }

    [Test, CancelAfter(30_000)]
    public void Create_without_an_id_is_no_empty_success(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/queue/submit", "{}");

        Assert.That(async () => await server.Client.Queue.CreateAsync(Request, cancellationToken: cancellationToken), Throws.TypeOf<TogetherAIInvalidResponseException>());
    }

    [Test, CancelAfter(30_000)]
    public void Cancel_that_comes_too_late_is_sent_once(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/queue/cancel", """{"status":"running"}""", status: 409);
        var options = new TogetherAIRequestOptions { MaxRetries = 2 };

        Assert.That(
            async () => await server.Client.Queue.CancelAsync(new QueueCancelRequest("m", "r-1"), options, cancellationToken),
            Throws.InstanceOf<TogetherAIException>().With.Property(nameof(TogetherAIException.ResponseBody)).Contains("running"));
        Assert.That(server.Received.Body, Is.EqualTo("""{"model":"m","request_id":"r-1"}"""), "and nothing else came");
    }

    [Test, CancelAfter(30_000)]
    public async Task Retrieve_ids_are_sent_in_the_query(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/queue/status", """{"request_id":"r 1","status":"done","outputs":{"text":"b"}}""");

        var job = await server.Client.Queue.RetrieveAsync(new QueueRetrieveRequest("r 1", "m"), cancellationToken: cancellationToken);

        Assert.That((job.IsFinished, (string?)job.Outputs!["text"]), Is.EqualTo((true, "b")));
        Assert.That(new Uri(server.Received.Url).Query, Is.EqualTo("?request_id=r%201&model=m"));
    }
}
