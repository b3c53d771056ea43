using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds.Uses;

/// <summary>The third use: one more file in the client's project, as README.md shows it.</summary>
public sealed class ExtendTests
{
    public const string File = "src/TogetherAI.Generated/Inference/TogetherAIInferenceClient.Tenant.cs";

    public const string Program = "UsesTheExtension";

    public const string Source = """
        using TogetherAI;
        var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = new Uri(args[0]), ApiKey = "key" });
        Console.WriteLine(await client.RunTextAsync("m", "p"));
        await foreach (var text in client.StreamTokensAsync(new InferenceRequest { Model = "m", Prompt = "p" }))
        {
            Console.WriteLine(text);
        }
        """;

    public static string Extension { get; } = $"namespace TogetherAI;\n\n{Readme.Block("extend")}";

    [Test, CancelAfter(900_000)]
    public async Task Partial_class_adds_a_header_to_every_call_and_a_method(CancellationToken cancellationToken)
    {
        await using var server = WireServer.Answering("""{"output":{"choices":[{"text":"whole"}]}}""", """{"choices":[{"text":"part"}]}""");

        var run = await SharedCopy.RunProgramAsync(Program, cancellationToken, server.Url);

        run.RequireSuccess();
        Assert.That(run.Output, Does.Contain("whole\npart\n"));
        Assert.That(server.Requests, Has.Count.EqualTo(2).And.All.Contains("\r\nX-Tenant: blue\r\n"));
    }
}
