using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Images;

public sealed class ImagesTests
{
    [Test, CancelAfter(30_000)]
    public async Task Generate_addresses_and_bytes_are_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", "/v1/images/generations", """
            {"id":"a","model":"m","object":"list","data":[{"index":0,"url":"https://a/b.png","timings":{"inference":0.5}},{"index":1,"b64_json":"AQID"}]}
            """);
        var request = new ImageRequest { Model = "m", Prompt = "p", Count = 2, ResponseFormat = ImageResponseFormat.Base64, ImageLoras = [new ImageLora { Path = "l", Scale = 0.5 }] };

        var answer = await server.Client.Images.GenerateAsync(request, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Data[0].Url, Is.EqualTo("https://a/b.png"));
            Assert.That(answer.Data[0].Data, Is.Null);
            Assert.That(answer.Data[0].Timings!.Inference, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
            Assert.That(answer.Data[1].Data.GetValueOrDefault().ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(server.Received.Body, Is.EqualTo("""{"model":"m","prompt":"p","n":2,"response_format":"base64","image_loras":[{"path":"l","scale":0.5}]}"""));
        }
    }
}
