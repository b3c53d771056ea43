using static TogetherAI.Net472.CheckList;

namespace TogetherAI.Net472;

/// <summary>Calls that return a whole response as JSON.</summary>
internal static class WholeCalls
{
    public static void AddTo(CheckList checks, TogetherAIClient client)
    {
        checks.Add("inference, whole", async () =>
        {
            TogetherAIResponseInfo? info = null;
            var answer = await client.Inference.RunAsync(Requests.Inference, new TogetherAIRequestOptions { ResponseReceived = received => info = received });
            Require(answer.Output.Choices[0].Text!.Length > 100);
            Require(answer.Output.Usage!.CompletionTokens > 20);
            Require(!string.IsNullOrEmpty(info!.RequestId));
        });
        checks.Add("chat, whole", async () =>
        {
            var request = Requests.Chat;
            request.Messages.Insert(0, ChatCompletionMessage.FromSystem("\u00e9 \u4f60\u597d \U0001f600 \" \\ \n"));
            request.Count = 2;
            var answer = await client.Chat.CompleteAsync(request);
            Require(answer.Choices.Count == 2);
            Require(answer.Choices[1].Message!.Content!.Length > 100);
        });
        checks.Add("chat, answer that follows a schema", async () =>
        {
            var request = Requests.Chat;
            request.ResponseFormat = ChatCompletionResponseFormat.FromJsonSchema("city", Newtonsoft.Json.Linq.JObject.Parse(
                """{ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] }"""));
            var answer = await client.Chat.CompleteAsync(request);
            Require(Newtonsoft.Json.Linq.JObject.Parse(answer.Choices[0].Message!.Content!)["name"] is not null);
        });
        checks.Add("completions, whole", async () =>
            Require((await client.Completions.CreateAsync(Requests.Completion)).Choices[0].Text!.Length > 100));
        checks.Add("embeddings", async () =>
        {
            var answer = await client.Embeddings.CreateAsync(new EmbeddingRequest { Model = "org/model", Input = new[] { "a red cat", "a blue dog" } });
            Require(answer.Data.Count == 2 && answer.Data[1].Embedding.Length > 10);
        });
        checks.Add("rerank", async () =>
        {
            var answer = await client.Rerank.RerankAsync(new RerankRequest { Model = "org/model", Query = "red cat", Documents = ["a dog", "the red cat"] });
            Require(answer.Results.Count == 2 && answer.Results[0].Index == 1);
        });
        checks.Add("models, list", async () => Require((await client.Models.ListAsync()).Data.All(model => model.Id.Length > 0)));
        checks.Add("models, upload", async () =>
        {
            var answer = await client.Models.UploadAsync(new ModelUploadRequest { ModelName = "mine", ModelSource = "example/mine" });
            Require(!string.IsNullOrEmpty(answer.Data!.JobId));
        });
        checks.Add("images", async () =>
        {
            var answer = await client.Images.GenerateAsync(new ImageRequest
            {
                Model = "org/model",
                Prompt = "a lighthouse",
                Width = 256,
                Height = 256,
                ResponseFormat = ImageResponseFormat.Base64,
                OutputFormat = ImageOutputFormat.Png,
            });
            Require(answer.Data[0].Data!.Value.Span[1] == 'P');
        });
        checks.Add("videos, create and retrieve", async () =>
        {
            var job = await client.Videos.CreateAsync(new VideoRequest { Model = "org/model", Prompt = "waves" });
            Require((await client.Videos.RetrieveAsync(job.Id)).Outputs!.VideoUrl!.Length > 0);
        });
        checks.Add("fifty calls at once", async () =>
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.Chat.CompleteAsync(Requests.Chat)));
            Require(answers.All(answer => answer.Choices[0].Message!.Content == answers[0].Choices[0].Message!.Content));
        });
    }
}
