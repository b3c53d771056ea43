using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Models;

public sealed class ModelsTests
{
    [Test, CancelAfter(30_000)]
    public async Task List_bare_array_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/models", """
            [{"id":"a","object":"model","created":0,"type":"hologram","link":null,"pricing":{"input":0.5,"image":0,"transcribe":{"price_per_minute":0.25}}},{"id":"b"}]
            """);

        var models = await server.Client.Models.ListAsync(new ModelListRequest { Dedicated = true }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(models.Data.Select(model => model.Id), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(models.Data[0].Type!.Value, Is.EqualTo("hologram"));
            Assert.That(models.Data[0].Pricing!.Image!.Amount, Is.Zero);
            Assert.That(models.Data[0].Pricing!.Transcribe!.Details!.PricePerMinute, Is.EqualTo(0.25m));
            Assert.That(server.Received.Query!["dedicated"], Is.EqualTo(new[] { "true" }));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task List_wrapped_as_other_servers_do_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/models", """{"object":"list","data":[{"id":"a","object":"model","owned_by":"vllm","max_model_len":4096},{"id":"b"}]}""");

        var models = await server.Client.Models.ListAsync(cancellationToken: cancellationToken);

        Assert.That(models.Data.Select(model => model.Id), Is.EqualTo(new[] { "a", "b" }));
        Assert.That((string?)models.Data[0].AdditionalProperties["owned_by"], Is.EqualTo("vllm"));
    }

    [TestCase("""{"data":[{"id":"a"}],"error":{"message":"it broke"}}""", typeof(TogetherAIServerException))]
    [TestCase("""{"data":[{"id":{}}]}""", typeof(TogetherAIInvalidResponseException))]
    [TestCase("""{"data":{"id":"a"}}""", typeof(TogetherAIInvalidResponseException))]
    [TestCase("""{"models":[]}""", typeof(TogetherAIInvalidResponseException))]
    [CancelAfter(30_000)]
    public async Task List_that_is_none_is_a_failure(string body, Type failure, CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/models", body);

        await Assert.ThatAsync(() => server.Client.Models.ListAsync(cancellationToken: cancellationToken), Throws.TypeOf(failure));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_job_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/models", """{"data":{"job_id":"j","model_name":"n","model_id":"i","model_source":"s"},"message":"started"}""");

        var answer = await server.Client.Models.UploadAsync(new ModelUploadRequest { ModelName = "n", ModelSource = "s", ModelType = ModelUploadType.Adapter }, cancellationToken: cancellationToken);

        Assert.That(answer.Data!.JobId, Is.EqualTo("j"));
        Assert.That(server.Received.Body, Is.EqualTo("""{"model_name":"n","model_source":"s","model_type":"adapter"}"""));
    }

    [Test, CancelAfter(30_000)]
    public async Task Upload_answer_without_data_is_kept(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/models", """{"job_id":"j","message":"started"}""");

        var answer = await server.Client.Models.UploadAsync(new ModelUploadRequest { ModelName = "n", ModelSource = "s" }, cancellationToken: cancellationToken);

        Assert.That((string?)answer.AdditionalProperties["job_id"], Is.EqualTo("j"));
    }
}
