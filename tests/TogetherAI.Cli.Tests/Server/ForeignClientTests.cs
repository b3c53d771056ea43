#pragma warning disable OPENAI001 // Its authors may still change it; these tests show whether they did.
using System.ClientModel;
using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using OpenAI.Responses;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>The clients of those whose APIs have the form of messages and of responses, against the local server.</summary>
[CancelAfter(30_000)]
public sealed class ForeignClientTests
{
    private TogetherAILocalServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions { TokensPerSecond = 0, ApiKey = "local-key", Faults = new TogetherAILocalServerFaults() });

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Client_of_Anthropic_reads_messages_whole_and_streamed(CancellationToken cancellationToken)
    {
        using var client = Messages();
        var parameters = Message("Write 4 words");
        var text = new StringBuilder();
        var isStopped = false;

        var whole = await client.Messages.Create(parameters, cancellationToken);
        await foreach (var chunk in client.Messages.CreateStreaming(parameters, cancellationToken))
        {
            text.Append(chunk.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece) ? piece.Text : "");
            isStopped |= chunk.TryPickStop(out _);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Content[0].TryPickText(out var block) ? block.Text : null, Is.EqualTo("I am a local"));
            Assert.That(text.ToString(), Is.EqualTo("I am a local"));
            Assert.That(isStopped, Is.True);
        }
    }

    [Test]
    public async Task Client_of_Anthropic_reads_the_calls_of_tools(CancellationToken cancellationToken)
    {
        using var client = Messages();
        var parameters = Message("Weather?") with
        {
            Tools = [new Anthropic.Models.Messages.Tool { Name = "get_weather", InputSchema = new InputSchema { Properties = new Dictionary<string, JsonElement> { ["city"] = JsonSerializer.SerializeToElement(new { type = "string" }) } } }],
        };
        var input = new StringBuilder();

        var whole = await client.Messages.Create(parameters, cancellationToken);
        await foreach (var chunk in client.Messages.CreateStreaming(parameters, cancellationToken))
        {
            input.Append(chunk.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickInputJson(out var piece) ? piece.PartialJson : "");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Content[0].TryPickToolUse(out var use) ? use.Input["city"].GetString() : null, Is.EqualTo("city"));
            Assert.That(input.ToString(), Is.EqualTo("""{"city":"city"}"""));
        }
    }

    [Test]
    public async Task Client_of_Anthropic_is_told_of_failures(CancellationToken cancellationToken)
    {
        using var client = Messages("error-event");
        using var stranger = new AnthropicClient { ApiKey = "wrong-key", BaseUrl = _server.Url.ToString().TrimEnd('/'), MaxRetries = 0 };

        await Assert.ThatAsync(
            () => client.Messages.CreateStreaming(Message("Write 40 words"), cancellationToken).ToListAsync(cancellationToken).AsTask(),
            Throws.InstanceOf<Anthropic.Exceptions.AnthropicException>());
        await Assert.ThatAsync(
            () => stranger.Messages.Create(Message("Write 4 words"), cancellationToken),
            Throws.InstanceOf<Anthropic.Exceptions.AnthropicUnauthorizedException>());
    }

    [Test]
    public async Task Client_of_OpenAI_reads_responses_whole_and_streamed(CancellationToken cancellationToken)
    {
        var client = Responses();
        var text = new StringBuilder();
        ResponseResult? last = null;

        ResponseResult whole = await client.CreateResponseAsync("m", "Write 4 words", cancellationToken: cancellationToken);
        await foreach (var update in await client.CreateResponseStreamingAsync("m", "Write 4 words", cancellationToken: cancellationToken))
        {
            text.Append((update as StreamingResponseOutputTextDeltaUpdate)?.Delta);
            last = (update as StreamingResponseCompletedUpdate)?.Response ?? last;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.GetOutputText(), Is.EqualTo("I am a local"));
            Assert.That(text.ToString(), Is.EqualTo("I am a local"));
            Assert.That(last?.GetOutputText(), Is.EqualTo("I am a local"));
            Assert.That(last?.Usage.TotalTokenCount, Is.EqualTo(whole.Usage.TotalTokenCount));
        }
    }

    [Test]
    public async Task Client_of_OpenAI_reads_the_calls_of_functions(CancellationToken cancellationToken)
    {
        var options = new CreateResponseOptions("m", [OpenAI.Responses.ResponseItem.CreateUserMessageItem("Weather?")])
        {
            Tools = { OpenAI.Responses.ResponseTool.CreateFunctionTool("get_weather", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}"""), strictModeEnabled: false) },
        };
        var client = Responses();
        var calls = new List<string>();

        ResponseResult whole = await client.CreateResponseAsync(options, cancellationToken);
        options.StreamingEnabled = true;
        await foreach (var update in await client.CreateResponseStreamingAsync(options, cancellationToken))
        {
            if (update is StreamingResponseFunctionCallArgumentsDoneUpdate done)
            {
                calls.Add(done.FunctionArguments.ToString());
            }
        }

        Assert.That(whole.OutputItems.OfType<FunctionCallResponseItem>().Select(call => (call.FunctionName, call.FunctionArguments.ToString())), Is.EqualTo(new[] { ("get_weather", """{"city":"city"}""") }));
        Assert.That(calls, Is.EqualTo(new[] { """{"city":"city"}""" }));
    }

    [Test]
    public async Task Client_of_OpenAI_is_told_of_failures(CancellationToken cancellationToken)
    {
        var client = new ResponsesClient(new ApiKeyCredential("wrong-key"), new ResponsesClientOptions { Endpoint = new Uri(_server.Url, "v1") });

        await Assert.ThatAsync(() => client.CreateResponseAsync("m", "Write 4 words", cancellationToken: cancellationToken), Throws.TypeOf<ClientResultException>().With.Property("Status").EqualTo(401));
    }

    private static MessageCreateParams Message(string prompt)
        => new() { Model = "m", MaxTokens = 100, Messages = [new UserMessageParam { Content = prompt }] };

    private AnthropicClient Messages(string? fault = null)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Add(TogetherAILocalServerFaultNames.Header, fault ?? TogetherAILocalServerFaultNames.None);
        return new AnthropicClient { HttpClient = http, ApiKey = "local-key", BaseUrl = _server.Url.ToString().TrimEnd('/'), MaxRetries = 0 };
    }

    private ResponsesClient Responses() => new(new ApiKeyCredential("local-key"), new ResponsesClientOptions { Endpoint = new Uri(_server.Url, "v1") });
}
