using NUnit.Framework;
using TogetherAI;
#if NET10_0_OR_GREATER
using TogetherAI.LocalServer;
#endif

public sealed class ProgramTests
{
    [Test]
    public void Options_of_the_program_are_valid() => Assert.That(new TogetherAIOptions { ApiKey = "key" }.GetValidationErrors(), Is.Empty);

#if NET10_0_OR_GREATER
    private static ChatCompletionRequest Request => new() { Model = "any/model", Messages = [ChatCompletionMessage.FromUser("Say hello.")] };

    [Test]
    public async Task Greeting_arrives_token_by_token()
    {
        await using var server = await TogetherAILocalServer.StartAsync();
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url });

        var tokens = new List<string>();
        await foreach (var token in client.Chat.StreamTokensAsync(Request))
        {
            tokens.Add(token);
        }

        Assert.That(tokens, Has.Count.GreaterThan(1));
    }

    [Test]
    public async Task Stream_that_is_cut_off_is_never_a_success()
    {
        await using var server = await TogetherAILocalServer.StartAsync(new TogetherAILocalServerOptions
        {
            Faults = new TogetherAILocalServerFaults { Rates = { [TogetherAILocalServerFault.Reset] = 1 } },
        });
        using var client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = server.Url, MaxRetries = 0 });

        await Assert.ThatAsync(
            async () =>
            {
                await foreach (var token in client.Chat.StreamTokensAsync(Request))
                {
                }
            },
            Throws.InstanceOf<TogetherAIException>());
    }
#endif
}
