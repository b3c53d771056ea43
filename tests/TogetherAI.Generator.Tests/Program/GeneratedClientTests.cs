using System.Reflection;
using NUnit.Framework;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>What is generated for additions to the document does what they say, seen on a real server.</summary>
public sealed class GeneratedClientTests
{
    private const string Operations = """
          /probe/form:
            post:
              tags: [Probe]
              operationId: Upload
              x-form: ProbeForm
              requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/ProbeForm' } } } }
              responses: { '204': { description: D. } }
          /probe/limits/{part}:
            post:
              tags: [Probe]
              operationId: Check
              parameters:
                - { name: part, in: path, required: true, schema: { type: string, maxLength: 3 } }
                - { name: count, in: query, schema: { type: integer, format: int32, maximum: 5, exclusiveMaximum: true } }
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/ProbeLimits' } } } }
              responses: { '204': { description: D. } }
          /probe/secrets:
            post:
              tags: [Probe]
              operationId: Tell
              parameters:
                - { name: ticket, in: query, x-secret: true, schema: { type: string } }
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/ProbeAccount' } } } }
              responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/ProbeLimits' } } } } }

        """;

    private const string Schemas = """

            ProbeForm:
              type: object
              required: [file]
              properties:
                file: { type: string, format: binary, description: A file. }
                more: { type: array, items: { type: string, format: binary } }
                purpose: { type: string }
            ProbeLimits:
              type: object
              properties:
                above: { type: number, format: double, minimum: 0, exclusiveMinimum: true }
                step: { type: number, format: decimal, multipleOf: 0.05, maximum: 10 }
                unique: { type: array, uniqueItems: true, items: { type: string, minLength: 2 } }
                map: { type: object, minProperties: 1, additionalProperties: { type: integer, format: int64, minimum: 9007199254740993 } }
                grid: { type: array, items: { type: array, items: { type: string, pattern: '^[a-z]$' } } }
            ProbeAccount:
              type: object
              properties:
                password: { type: string, format: password }
                keys: { type: array, items: { type: string, x-secret: true } }
                others: { type: object, additionalProperties: { $ref: '#/components/schemas/ProbeAccount' } }
                friends: { type: array, items: { $ref: '#/components/schemas/ProbeAccount' } }
        """;

    private Assembly _assembly = null!;
    private WireServer? _server;

    private static IEnumerable<TestCaseData> Limits
    {
        get
        {
            yield return new TestCaseData("Above", 0d, "request.Above must be greater than 0.");
            yield return new TestCaseData("Step", 0.07m, "request.Step must be a multiple of 0.05.");
            yield return new TestCaseData("Step", 10.05m, "request.Step must be at most 10.");
            yield return new TestCaseData("Unique", new[] { "aa", "bb", "aa" }, "request.Unique[2] occurs twice");
            yield return new TestCaseData("Unique", new[] { "aa", "b" }, "request.Unique[1] must have at least 2 characters.");
            yield return new TestCaseData("Map", new Dictionary<string, long>(), "request.Map needs at least 1 item(s).");
            yield return new TestCaseData("Map", new Dictionary<string, long> { ["low"] = 9_007_199_254_740_992 }, "request.Map[\"low\"] must be at least 9007199254740993.");
            yield return new TestCaseData("Grid", new List<IList<string>> { new[] { "a", "A" } }, "request.Grid[0][1] must match ^[a-z]$.");
        }
    }

    [OneTimeSetUp]
    public async Task CompileAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var document = await File.ReadAllTextAsync(Path.Combine(BuildFacts.RepositoryRoot, "openapi", "together.yaml"), patience.Token);
        using var folder = new TemporaryFolder();
        var file = folder.Write("api.yaml", document.ReplaceLineEndings("\n").Replace("\npaths:\n", "\npaths:\n" + Operations, StringComparison.Ordinal).TrimEnd('\n') + "\n" + Schemas + "\n");
        var generation = Generation.OfFile(file, ReservedNames.Of(Path.Combine(BuildFacts.RepositoryRoot, "src", "TogetherAI.Generated")), ClientCompiler.Settings);
        Assert.That(generation.Written, Is.Not.Null, $"{generation}");
        _assembly = ClientCompiler.Load(ClientCompiler.Compile(await ClientCompiler.GenerateAsync(generation.Written!, patience.Token)));
        _server = WireServer.Answering("{}");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Test]
    public async Task File_of_a_form_is_a_part_with_its_name_and_type()
    {
        var request = Create("ProbeForm");
        var upload = _assembly.GetType("TogetherAI.FileUpload")!.GetMethod("FromBytes")!;
        request.File = (dynamic)upload.Invoke(null, ["%PDF"u8.ToArray(), "a.pdf", null])!;
        request.Purpose = "test";

        await CreateClient().UploadAsync(request);

        Assert.That(
            _server!.Requests[^1],
            Does.Contain("Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n").And.Contain("Content-Type: application/pdf\r\n").And.Contain("\r\n\r\n%PDF\r\n").And.Contain("name=\"purpose\"\r\n\r\ntest\r\n"));
    }

    [TestCaseSource(nameof(Limits))]
    public void Limit_is_checked_before_the_request_is_sent(string field, object value, string sentence)
    {
        object request = Create("ProbeLimits");
        request.GetType().GetProperty(field)!.SetValue(request, value);

        Assert.That(() => (Task)CreateClient().CheckAsync("a", (dynamic)request), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(sentence));
    }

    [Test]
    public void Limit_of_a_parameter_is_checked_before_the_request_is_sent()
    {
        Assert.That(() => (Task)CreateClient().CheckAsync("four", Create("ProbeLimits")), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith("part must have at most 3 characters."));
        var parameters = Create("ProbeCheckParameters");
        parameters.Count = 5;
        Assert.That(() => (Task)CreateClient().CheckAsync("a", Create("ProbeLimits"), parameters), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith("parameters.Count must be less than 5."));
    }

    [Test]
    public async Task Secret_of_a_request_is_masked_wherever_it_stands()
    {
        string[] secrets = ["password-0", "key-secret-1", "password-2", "password-3", "ticket-secret-4"];
        await using var server = WireServer.Answering($"{{\"error\":\"{string.Join(' ', secrets)}\"}}");
        var (inner, friend, request) = (Create("ProbeAccount"), Create("ProbeAccount"), Create("ProbeAccount"));
        (inner.Password, friend.Password, request.Password) = (secrets[2], secrets[3], secrets[0]);
        request.Keys = new List<string> { secrets[1] };
        object account = request;
        account.GetType().GetProperty("Others")!.SetValue(account, Collection(typeof(Dictionary<,>), "inner", (object)inner));
        account.GetType().GetProperty("Friends")!.SetValue(account, Collection(typeof(List<>), null, (object)friend));

        var said = "";
        try
        {
            var parameters = Create("ProbeTellParameters");
            parameters.Ticket = secrets[4];
            await CreateClient(server.Url).TellAsync(request, parameters);
        }
        catch (Exception exception)
        {
            said = exception.ToString();
        }

        Assert.That(said, Does.Contain("*** *** *** *** ***"));
        Assert.That(secrets.Where(secret => said.Contains(secret, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Copy_of_a_request_shares_nothing_that_can_be_changed()
    {
        var request = Create("ProbeLimits");
        request.Grid = new List<IList<string>> { new List<string> { "a" } };
        request.Map = new Dictionary<string, long> { ["a"] = 1 };

        var copy = request.Clone();
        copy.Grid[0].Add("b");
        copy.Map["a"] = 2;

        Assert.That((int)request.Grid[0].Count, Is.EqualTo(1));
        Assert.That((long)request.Map["a"], Is.EqualTo(1));
    }

    private static object Collection(Type type, string? key, object value)
    {
        var types = key is null ? new[] { value.GetType() } : [typeof(string), value.GetType()];
        var collection = Activator.CreateInstance(type.MakeGenericType(types))!;
        collection.GetType().GetMethod("Add")!.Invoke(collection, key is null ? [value] : [key, value]);
        return collection;
    }

    private dynamic Create(string type) => Activator.CreateInstance(_assembly.GetType("TogetherAI." + type)!)!;

    private dynamic CreateClient(string? url = null)
    {
        var options = Create("TogetherAIOptions");
        options.BaseUrl = new Uri(url ?? _server!.Url);
        options.ApiKey = "key";
        return Activator.CreateInstance(_assembly.GetType("TogetherAI.TogetherAIProbeClient")!, [(object)options])!;
    }
}
