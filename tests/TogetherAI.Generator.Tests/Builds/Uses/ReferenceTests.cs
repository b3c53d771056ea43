using System.IO.Compression;
using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds.Uses;

/// <summary>The second use: the package holds what a user expects, and a project that knows nothing else streams with it.</summary>
public sealed class ReferenceTests
{
    public const string Version = "0.0.1-test";

    private const string Program = """
        using TogetherAI;
        using var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = new Uri(args[0]), ApiKey = "key" });
        await foreach (var text in client.StreamTokensAsync(new InferenceRequest { Model = "m", Prompt = "p" }))
        {
            Console.Write(text + "|");
        }
        """;

    private static readonly string[] Frameworks = ["netstandard2.0", "net8.0", "net10.0"];

    private TemporaryFolder _folder = null!;

    private static string Feed => SharedCopy.Repository.PathOf("artifacts", "packages");

    [OneTimeSetUp]
    public void Create() => _folder = new TemporaryFolder();

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Package_has_the_client_and_its_documentation_for_every_framework()
    {
        SharedCopy.Pack.RequireSuccess();

        using var package = Open("nupkg");

        Assert.That(
            package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal)),
            Is.EquivalentTo(Frameworks.SelectMany(framework => new[] { $"lib/{framework}/TogetherAI.Generated.dll", $"lib/{framework}/TogetherAI.Generated.xml" })));
    }

    [Test]
    public void Package_names_its_readme_licence_and_source()
    {
        SharedCopy.Pack.RequireSuccess();

        using var package = Open("nupkg");
        using var reader = new StreamReader(package.GetEntry("TogetherAI.Generated.nuspec")!.Open());
        var manifest = reader.ReadToEnd();

        Assert.That(package.GetEntry("README.md"), Is.Not.Null);
        Assert.That(manifest, Does.Contain("""<license type="expression">MIT</license>""").And.Contain("<readme>README.md</readme>"));
        Assert.That(manifest, Does.Match("""<repository type="git" url="https://github.com/example/client.git" .*commit="[0-9a-f]{40}" />"""));
        Assert.That(manifest, Does.Not.Contain("NSwag.MSBuild").And.Not.Contain("BannedApiAnalyzers"));
    }

    [Test]
    public void Symbols_lead_to_the_source_and_hold_the_generated_file([ValueSource(nameof(Frameworks))] string framework)
    {
        SharedCopy.Pack.RequireSuccess();
        using var package = Open("snupkg");

        var symbols = Symbols.Read(package.GetEntry($"lib/{framework}/TogetherAI.Generated.pdb")!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(symbols.SourceLink, Does.Contain("https://raw.githubusercontent.com/example/client/"));
            Assert.That(symbols.Documents, Is.All.StartsWith("/_"));
            Assert.That(symbols.Embedded, Has.One.EndsWith("/obj/Generated/TogetherAI.g.cs"));
        }
    }

    [Test, CancelAfter(900_000)]
    public async Task Program_with_only_the_package_streams_tokens(CancellationToken cancellationToken)
    {
        SharedCopy.Pack.RequireSuccess();
        await using var server = WireServer.Answering("{}", """{"choices":[{"text":" Hel"}]}""", """{"choices":[{"text":"lo"}]}""");
        WriteConsumer("consumer", Program);

        var run = await Command.DotNetAsync(_folder.PathOf("consumer"), cancellationToken, "run", "--", server.Url);

        run.RequireSuccess();
        Assert.That(run.Output, Does.Contain(" Hel|lo|"));
        Assert.That(_folder.PathOf("packages", "togetherai.generated", Version), Does.Exist);
    }

    // Packages that this machine already has are taken from its folder; only the one under test goes to a folder of its own.
    private void WriteConsumer(string folder, string program)
    {
        _folder.Write($"{folder}/Program.cs", program);
        _folder.Write($"{folder}/nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="under-test" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        _folder.Write($"{folder}/Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>../packages</RestorePackagesPath>
                <RestoreFallbackFolders>{BuildFacts.PackagesFolder}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TogetherAI.Generated" Version="[{Version}]" />
              </ItemGroup>
            </Project>
            """);
    }

    private static ZipArchive Open(string extension)
        => ZipFile.OpenRead(Path.Combine(Feed, $"TogetherAI.Generated.{Version}.{extension}"));
}
