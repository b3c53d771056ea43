using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Newtonsoft.Json.Linq;

namespace TogetherAI.Aot;

/// <summary>Prints what the client makes of responses, and of requests, that are out of the ordinary.</summary>
internal static class Transcript
{
    private static readonly string[] ChatResponses =
    [
        """{"id":"a","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"later":{"deep":[1,2.50,null,true]}}""",
        """{"ID":"other case","CHOICES":[{"Message":{"CONTENT":"x"}}],"created":1.77e9,"model":"m","object":"o"}""",
        """{"id":12,"object":"o","created":"7","model":true,"choices":[{"index":"1","finish_reason":"a word of tomorrow","logprobs":-0.5,"message":{"content":[{"type":"text","text":"parts"}],"tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":{"a":1}}}]}}]}""",
        """{"id":"a","object":"o","created":1,"model":"m","choices":[{"message":{"content":"x"},"logprobs":{"tokens":["a"],"token_logprobs":[-1]}},{"message":5}],"usage":[]}""",
        """{'id':'single','object':'o','created':1,'model':'m','choices':[],}""",
        """{"id":"a","object":"o","created":1,"model":"m","choices":[{"message":{"content":"x"},"logprobs":NaN}]}""",
        """{"model":"m"}""",
        """{"id":"a","choices":""",
        """{"error":{"message":"no","type":"invalid_request_error"}}""",
    ];

    public static async Task WriteAsync(TextWriter output)
    {
        foreach (var response in ChatResponses)
        {
            await WriteAsync(output, response, client => client.Chat.CompleteAsync(Chat()), TranscriptContext.Default.ChatCompletionResponse);
        }

        await WriteAsync(output, """[{"id":"one","object":"model","created":1,"type":"chat","pricing":{"input":0.1,"hourly":"1"}}]""", client => client.Models.ListAsync(), TranscriptContext.Default.ModelListResponse);
        await WriteAsync(output, """{"data":[{"id":"one","price":5}],"next":null}""", client => client.Models.ListAsync(), TranscriptContext.Default.ModelListResponse);
        await WriteAsync(output, """{"object":"list","model":"m","data":[{"index":0,"embedding":[1,-0.5]},{"index":1,"embedding":"AACAPw=="}]}""", client => client.Embeddings.CreateAsync(new EmbeddingRequest("m", "text")), TranscriptContext.Default.EmbeddingResponse);
        await WriteFailuresAsync(output);
        await WriteStreamAsync(output);
        await WriteFormAsync(output);
        WriteTypes(output);
    }

    private static ChatCompletionRequest Chat() => new("m", [ChatCompletionMessage.FromUser("Hi")]);

    private static TogetherAIClient Client(CannedHandler handler, HttpClient http) => new(http, new TogetherAIOptions { ApiKey = handler is null ? "" : "key", MaxRetries = 0 });

    private static async Task WriteAsync<T>(TextWriter output, string response, Func<TogetherAIClient, Task<T>> call, JsonTypeInfo<T> type)
    {
        var handler = new CannedHandler(response);
        using var http = new HttpClient(handler);
        using var client = Client(handler, http);
        output.WriteLine($"< {response}");
        try
        {
            output.WriteLine($"= {JsonSerializer.Serialize(await call(client), type)}");
        }
        catch (TogetherAIException exception)
        {
            output.WriteLine($"! {exception.GetType().Name}: {exception.Message}");
        }

        output.WriteLine($"> {handler.Sent}");
    }

    private static async Task WriteFailuresAsync(TextWriter output)
    {
        foreach (var status in new[] { HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.PaymentRequired, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests, HttpStatusCode.BadGateway })
        {
            var handler = new CannedHandler("""{"error":{"message":"It failed.","type":"some_type","param":"p","code":7}}""", status: status);
            using var http = new HttpClient(handler);
            using var client = Client(handler, http);
            try
            {
                await client.Chat.CompleteAsync(Chat());
            }
            catch (TogetherAIException exception)
            {
                output.WriteLine($"! {exception.GetType().Name}: {exception.Message} {exception.StatusCode} {exception.ErrorType} {exception.ErrorCode}");
            }
        }
    }

    private static async Task WriteStreamAsync(TextWriter output)
    {
        const string Events = "data: {\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"He\"},\"logprobs\":-0.5}],\"x\":1}\n\n"
            + "data: {\"ID\":\"a\",\"choices\":[{\"index\":0,\"delta\":{\"content\":7}}]}\n\n"
            + "data: {\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"y\"},\"finish_reason\":\"eos\"}]}\n\ndata: [DONE]\n\n";
        var handler = new CannedHandler(Events, "text/event-stream");
        using var http = new HttpClient(handler);
        using var client = Client(handler, http);
        var whole = new ChatCompletionAccumulator();
        await foreach (var chunk in client.Chat.StreamAsync(Chat()))
        {
            whole.Add(chunk);
            output.WriteLine($"= {JsonSerializer.Serialize(chunk, TranscriptContext.Default.ChatCompletionChunk)}");
        }

        output.WriteLine($"= {JsonSerializer.Serialize(whole.ToResponse(), TranscriptContext.Default.ChatCompletionResponse)}");
        var values = client.Raw.StreamAsync<JObject>(new TogetherAIRawRequest("v1/chat/completions", "{\"stream\":true}"u8.ToArray()));
        await foreach (var value in values)
        {
            output.WriteLine($"= {value["choices"]?[0]?["delta"]?["content"]}");
        }
    }

    private static async Task WriteFormAsync(TextWriter output)
    {
        var handler = new CannedHandler("""{"text":"heard"}""");
        using var http = new HttpClient(handler);
        using var client = Client(handler, http);
        await client.Audio.CreateTranscriptionAsync(new TranscriptionRequest(FileUpload.FromBytes([1, 2, 3], "a.wav"))
        {
            Temperature = 0.5,
            Language = "en",
            TimestampGranularities = [TranscriptionTimestampGranularity.Word, TranscriptionTimestampGranularity.Segment],
        });
        var boundary = handler.Sent.Split('\r')[0];
        output.WriteLine($"> {handler.Sent.Replace(boundary, "--boundary", StringComparison.Ordinal).ReplaceLineEndings("|")}");
    }

    private static void WriteTypes(TextWriter output)
    {
        var inference = JsonSerializer.Deserialize("""{"model":"m","prompt":"hello","max_tokens":4,"stop":"s","custom":{"x":[1]}}""", TranscriptContext.Default.InferenceRequest)!;
        output.WriteLine($"= {inference.MaxTokens} {JsonSerializer.Serialize(inference, TranscriptContext.Default.InferenceRequest)}");
        var chat = JsonSerializer.Deserialize(
            """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"u"}},{"type":"new","n":1}]}],"tool_choice":{"type":"function","function":{"name":"f"}},"logit_bias":{"1":-2.5}}""",
            TranscriptContext.Default.ChatCompletionRequest)!;
        output.WriteLine($"= {JsonSerializer.Serialize(chat.Clone(), TranscriptContext.Default.ChatCompletionRequest)}");
        var message = new MessageRequest("m", [new MessageInput(MessageRole.User, "Hi")], 5);
        output.WriteLine($"= {JsonSerializer.Serialize(message.Clone(), TranscriptContext.Default.MessageRequest)}");
        output.WriteLine($"= {JsonSerializer.Serialize(JsonSerializer.Deserialize("\"new\"", TranscriptContext.Default.FinishReason), TranscriptContext.Default.FinishReason)}");
    }
}
