using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Videos;

public sealed class VideosTests
{
    [Test, CancelAfter(30_000)]
    public async Task Create_job_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v2/videos", """{"id":"v-1"}""");
        var request = new VideoRequest
        {
            Model = "m",
            Prompt = "p",
            Media = new VideoMedia
            {
                FrameImages = [new VideoFrameImage { InputImage = "i", Frame = VideoFrame.First }, new VideoFrameImage { InputImage = "j", Frame = 48 }],
                SourceVideo = "s",
                AudioInputs = ["a", "b"],
            },
        };

        var job = await server.Client.Videos.CreateAsync(request, cancellationToken: cancellationToken);

        Assert.That(job.Id, Is.EqualTo("v-1"));
        Assert.That(server.Received.Body, Is.EqualTo(
            """{"model":"m","prompt":"p","media":{"frame_images":[{"input_image":"i","frame":"first"},{"input_image":"j","frame":48}],"source_video":"s","audio_inputs":["a","b"]}}"""));
    }

    [Test]
    public void Create_steps_out_of_bounds_are_refused()
    {
        using var client = new TogetherAIVideosClient(new TogetherAIOptions { ApiKey = "test-key" });

        Assert.That(() => client.CreateAsync(new VideoRequest { Model = "m", Steps = 9 }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request.Steps"));
    }

    // Whoever resolves the address would make another path of them.
    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    public void Retrieve_id_that_is_no_segment_of_a_path_is_refused(string id)
    {
        using var client = new TogetherAIVideosClient(new TogetherAIOptions { ApiKey = "test-key" });

        Assert.That(() => client.RetrieveAsync(id), Throws.ArgumentException.With.Property("ParamName").EqualTo("id"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Retrieve_failed_job_is_an_answer(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v2/videos/v-1", """
            {"id":"v-1","status":"failed","created_at":1.5,"error":{"message":"refused","code":"policy"},"outputs":null}
            """);

        var job = await server.Client.Videos.RetrieveAsync("v-1", cancellationToken: cancellationToken);

        Assert.That(job.Status, Is.EqualTo(VideoStatus.Failed));
        Assert.That(job.Error!.Message, Is.EqualTo("refused"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Retrieve_finished_video_is_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v2/videos/v-1", """{"id":"v-1","status":"completed","outputs":{"cost":0.28,"video_url":"https://a/b.mp4"}}""");

        var job = await server.Client.Videos.RetrieveAsync("v-1", cancellationToken: cancellationToken);

        Assert.That((job.Outputs!.Cost, job.Outputs.VideoUrl), Is.EqualTo((0.28, "https://a/b.mp4")));
    }
}
