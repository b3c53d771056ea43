using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds.Uses;

/// <summary>The third use: one more file in the client's project adds a header to every call, and a method.</summary>
public sealed class ExtendTests
{
    private const string Extension = """
        namespace TogetherAI;

        public sealed partial class TogetherAIInferenceClient
        {
            /// <summary>Runs a model on one prompt and returns the text of the first choice.</summary>
            /// <param name="model">Id of the model.</param>
            /// <param name="prompt">Text to continue.</param>
            /// <param name="cancellationToken">Ends the call.</param>
            /// <returns>The text; null where there is none.</returns>
            public async Task<string?> RunTextAsync(string model, string prompt, CancellationToken cancellationToken = default)
            {
                var request = new InferenceRequest { Model = model, Prompt = prompt };
                var response = await RunAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
                return response.Output.Choices?[0].Text;
            }

            partial void PrepareRequest(HttpClient client, HttpRequestMessage request, string url)
                => request.Headers.Add("X-Trace", "t-1");
        }
        """;

    private const string Program = """
        using TogetherAI;
        var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = new Uri(args[0]), ApiKey = "key" });
        Console.WriteLine(await client.RunTextAsync("m", "p"));
        await foreach (var text in client.StreamTokensAsync(new InferenceRequest { Model = "m", Prompt = "p" }))
        {
            Console.WriteLine(text);
        }
        """;

    private static RepositoryCopy Repository => SharedCopy.Repository;

    [Test, CancelAfter(900_000)]
    public async Task Partial_class_adds_a_header_to_every_call_and_a_method(CancellationToken cancellationToken)
    {
        using var extension = Repository.Add("src/TogetherAI.Generated/Inference/TogetherAIInferenceClient.Tracing.cs", Extension);
        await using var server = WireServer.Answering("""{"output":{"choices":[{"text":"whole"}]}}""", """{"choices":[{"text":"part"}]}""");
        var project = Repository.AddProgram("UsesTheExtension", Program);

        var run = await Repository.RunProgramAsync(project, cancellationToken, server.Url);

        run.RequireSuccess();
        Assert.That(run.Output, Does.Contain("whole\npart\n"));
        Assert.That(server.Requests, Has.Count.EqualTo(2).And.All.Contains("\r\nX-Trace: t-1\r\n"));
    }
}
