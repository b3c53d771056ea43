using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds.Uses;

/// <summary>The repository as a template: a client of one's own in one command.</summary>
internal sealed class TemplateTests
{
    private const string Template = "openapi-streaming-client";

    // A stream that x-stream describes, one that only its media type shows, and one that is all that an operation has.
    private const string Document = """
        openapi: 3.1.0
        info: { title: Acme, version: '1' }
        servers: [{ url: 'https://api.acme.example' }]
        security: [{ key: [] }]
        paths:
          /v1/translate:
            post:
              tags: [Translation]
              operationId: Translate
              requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/TranslateRequest' } } } }
              responses:
                '200':
                  description: The translation.
                  content:
                    application/json: { schema: { $ref: '#/components/schemas/Translation' } }
                    text/event-stream: { schema: { $ref: '#/components/schemas/TranslationChunk' } }
              x-stream: { text: [delta/text], finish_reason: finish_reason }
          /v1/events:
            get:
              tags: [Events]
              operationId: Watch
              parameters: [{ name: topic, in: query, schema: { type: string } }]
              responses: { '200': { description: Events., content: { text/event-stream: { schema: { $ref: '#/components/schemas/Event' } } } } }
        components:
          securitySchemes: { key: { type: apiKey, in: header, name: X-Acme-Key } }
          schemas:
            TranslateRequest: { type: object, required: [text, to], properties: { text: { type: string }, to: { type: string }, stream: { type: boolean } } }
            Translation: { type: object, properties: { text: { type: string } } }
            TranslationChunk: { type: object, properties: { id: { type: string }, delta: { type: object, properties: { text: { type: string } } }, finish_reason: { type: [string, 'null'] } } }
            Event: { type: object, required: [id], properties: { id: { type: string }, at: { type: string, format: date-time } } }
        """;

    // Where the repository is installed as a template.
    private TemporaryFolder _hive = null!;

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        _hive = new TemporaryFolder();
        await InstallAsync(SharedCopy.Repository.Root, _hive.Root);
    }

    [OneTimeTearDown]
    public void Delete() => _hive.Dispose();

    [Test, CancelAfter(900_000)]
    public async Task Client_of_ones_own_builds_streams_and_says_nothing_of_this_one(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        folder.Write("acme.yaml", Document);

        await NewAsync(folder, _hive.Root, "Acme", cancellationToken, "--document", "acme.yaml");
        var tests = await Command.DotNetAsync(folder.PathOf("Acme"), cancellationToken, "test", "tests/Acme.Generated.Tests");

        Assert.That(tests.RequireSuccess().Output, Does.Contain("Passed:     5"));
        Assert.That(File.ReadAllText(folder.PathOf("Acme", "openapi", "acme.yaml")), Is.EqualTo(Document));
        Assert.That(Files(folder, "Acme").Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal)).Where(NamesThisProject).Select(static file => file.Path), Is.Empty);
    }

    // A relative path is that of the client above.
    [Test, CancelAfter(300_000)]
    public async Task Document_is_taken_from_an_absolute_path_and_one_that_is_not_there_is_an_error(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await NewAsync(folder, _hive.Root, "Acme", cancellationToken, "--document", folder.PathOf("specs", "acme.json"));

        var without = await Command.DotNetAsync(folder.PathOf("Acme"), cancellationToken, "msbuild", "tests/Acme.Generated.Tests", "-t:TakeDocument");
        folder.Write("specs/acme.json", "{}");
        var with = await Command.DotNetAsync(folder.PathOf("Acme"), cancellationToken, "msbuild", "tests/Acme.Generated.Tests", "-t:TakeDocument");

        Assert.That(without.Output, Does.Contain("openapi/acme.json : error TAI0002: There is no document, and none at"));
        with.RequireSuccess();
        Assert.That(File.ReadAllText(folder.PathOf("Acme", "openapi", "acme.json")), Is.EqualTo("{}"));
    }

    private static async Task InstallAsync(string source, string hive)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        (await Command.DotNetAsync(SharedCopy.Repository.Root, patience.Token, "new", "install", source, "--debug:custom-hive", hive)).RequireSuccess();
    }

    private static async Task NewAsync(TemporaryFolder folder, string hive, string name, CancellationToken cancellationToken, params string[] arguments)
        => (await Command.DotNetAsync(folder.Root, cancellationToken, ["new", Template, "-n", name, .. arguments, "--debug:custom-hive", hive])).RequireSuccess();

    private static IEnumerable<(string Path, string Text)> Files(TemporaryFolder folder, string name)
        => Directory.EnumerateFiles(folder.PathOf(name), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => (Path.GetRelativePath(folder.PathOf(name), file).Replace('\\', '/'), File.ReadAllText(file)));

    private static bool NamesThisProject((string Path, string Text) file)
        => Array.Exists(["TogetherAI", "TOGETHER", "Together AI", "together.ai", "together.xyz", "together.yaml", "Together's"], word => $"{file.Path}\n{file.Text}".Contains(word, StringComparison.Ordinal));
}
