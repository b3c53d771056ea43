using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds.Uses;

/// <summary>What readers copy from README.md, from the documentation and from the page of the package compiles, and the part that needs no key runs.</summary>
public sealed class ReadmeTests
{
    private const string ClientExtension = "extend";
    private const string NeedsNoKey = "local-server";

    // What a web project has by default, beside what every sample is about.
    private const string Usings = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.Extensions.DependencyInjection;
        using Newtonsoft.Json.Linq;
        using TogetherAI;
        using TogetherAI.LocalServer;

        """;

    private const string Upstream = """
        var upstreamBuilder = WebApplication.CreateBuilder();
        await using var upstream = upstreamBuilder.Build();
        upstream.MapPost("/v1/chat/completions", async (HttpRequest request, HttpResponse response) =>
        {
            var question = await new StreamReader(request.Body).ReadToEndAsync();
            response.StatusCode = question.Contains("slow") ? 429 : question.Contains("key") ? 401 : 200;
            response.Headers.RetryAfter = question.Contains("slow") ? "61" : default;
            await response.WriteAsync(response.StatusCode == 200 ? "data: [DONE]\n\n" : "{\"error\":{\"message\":\"Slow down.\",\"code\":\"c\"}}");
        });
        await upstream.StartAsync();
        Environment.SetEnvironmentVariable("TOGETHER_BASE_URL", upstream.Urls.First());

        """;

    private const string Caller = """
        await app.StartAsync();
        using var caller = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        foreach (var question in new[] { "slow", "key", "else" })
        {
            using var answer = await caller.GetAsync($"/ask?question={question}");
            Console.WriteLine($"{(int)answer.StatusCode} {answer.Headers.RetryAfter} {(await answer.Content.ReadAsStringAsync()).Trim()}");
        }

        """;

    public const string AllProgram = "UsesTheReadme";

    public const string RelayProgram = "RelaysAsTheReadme";

    public static string AllSource
    {
        get
        {
            var methods = Readme.Blocks
                .Where(block => block.Name != ClientExtension)
                .Select(block => $"public static async Task {MethodName(block.Name)}()\n{{\n{block.Code}}}\n");
            return $"{Usings}await Examples.{MethodName(NeedsNoKey)}();\n\npublic static class Examples\n{{\n{string.Concat(methods)}{string.Concat(PackageMethods)}}}\n";
        }
    }

    // Its blocks are parts of programs, which have these things.
    private static IEnumerable<string> PackageMethods
        => Readme.PackageBlocks.Select(static (block, position) =>
        {
            var client = block.Contains("using var client", StringComparison.Ordinal) ? "" : "TogetherAIClient client, ";
            return $"public static async Task Package{position}Async({client}ReadOnlyMemory<byte> audio, ReadOnlyMemory<byte> json, Stream target)\n{{\n{block.Replace("using TogetherAI;\n", "", StringComparison.Ordinal)}}}\n";
        });

    public static string RelaySource
        => Usings
            + "Environment.SetEnvironmentVariable(\"ASPNETCORE_URLS\", \"http://127.0.0.1:0\");\nEnvironment.SetEnvironmentVariable(\"TOGETHER_API_KEY\", \"test-key\");\n"
            + Upstream + Readme.Block("relay").Replace("await app.RunAsync();\n", Caller, StringComparison.Ordinal);

    [Test, CancelAfter(900_000)]
    public async Task Program_of_the_readme_compiles_and_runs(CancellationToken cancellationToken)
    {
        var run = await SharedCopy.RunProgramAsync(AllProgram, cancellationToken);

        run.RequireSuccess();
        Assert.That(run.Output, Does.Contain("mock server"));
    }

    [Test, CancelAfter(900_000)]
    public async Task Relay_of_the_readme_passes_on_what_its_caller_can_act_on(CancellationToken cancellationToken)
    {
        var run = await SharedCopy.RunProgramAsync(RelayProgram, cancellationToken);

        run.RequireSuccess();
        Assert.That(run.Output, Does.Contain("429 61 {\"error\":{\"message\":\"Slow down.\"")
            .And.Contain("502  {\"error\":").And.Contain("200  data: [DONE]"));
    }

    [Test]
    public void Block_of_CSharp_has_a_name_or_stands_on_the_page_of_a_package_and_so_is_tested()
    {
        Assert.That(Readme.Blocks.Select(static block => block.Name), Is.Unique);
        Assert.That(Readme.Blocks, Has.Count.GreaterThan(20));
        Assert.That(Readme.OtherBlocks.Where(static block => !Readme.PackagePages.Contains(block, StringComparison.Ordinal)), Is.Empty);
        Assert.That(Readme.PackageBlocks, Has.Count.GreaterThan(5));
    }

    private static string MethodName(string block) => string.Concat(block.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Async";
}
