using NUnit.Framework;
using TogetherAI.Generator.Drift;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Drift;

/// <summary>What is accepted keeps quiet, and nothing else does.</summary>
public sealed class AcceptedDifferenceTests
{
    private const string Ours = "{ type: object, properties: { mood: { type: string, enum: [a, b] }, own: { type: string } } }";
    private const string Theirs = "{ type: object, properties: { mood: { type: string, enum: [a, c] }, other: { type: string } } }";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Accepted_difference_is_quiet_and_a_new_one_is_not()
    {
        var ours = _folder.Write("ours.yaml", DriftDocument.Text("/v1/a: { get: { responses: {} } }"));
        var theirs = _folder.Write("theirs.yaml", DriftDocument.Text("/v1/a: { get: { responses: {} } }\n  /v1/b: { get: { responses: {} } }"));
        var accepted = _folder.Write("accepted.yaml", "- { operation: 'GET /v1/*', reason: Not offered. }\n- { operation: GET /v2/c, reason: Was there once. }\n");

        var (accepting, quiet) = Run(ours, theirs, accepted);
        var (plain, loud) = Run(ours, theirs, accepted: null);

        Assert.That((accepting, plain), Is.EqualTo((0, 1)));
        Assert.That(quiet, Does.Contain("0 new differences, 1 accepted.").And.Contain("accepted.yaml(2,3): No difference matches this entry."));
        Assert.That(loud, Does.Contain("GET /v1/b").And.Contain("1 new difference, 0 accepted."));
    }

    [TestCase("ours: b", "request.mood value - c|request.other exists - yes|request.own exists yes -")]
    [TestCase("aspect: value, theirs: '-'", "request.mood value - c|request.other exists - yes|request.own exists yes -")]
    [TestCase("aspect: [value, exists], theirs: '-'", "request.mood value - c|request.other exists - yes")]
    [TestCase("where: [request.mood, 'request.ot*']", "request.own exists yes -")]
    [TestCase("where: ''", "request.mood value b c|request.other exists - yes|request.own exists yes -")]
    [TestCase("where: request.m", "request.mood value b c|request.other exists - yes|request.own exists yes -")]
    public void Entry_accepts_what_all_its_words_match(string words, string told)
    {
        var accepted = _folder.Write("accepted.yaml", $"- {{ operation: POST /v1/probe, {words}, reason: R. }}");

        var (code, output) = Run(_folder.Write("ours.yaml", Document(Ours)), _folder.Write("theirs.yaml", Document(Theirs)), accepted);

        var rows = output.Split('\n').Where(static line => line.StartsWith("  request", StringComparison.Ordinal)).Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(string.Join('|', rows), Is.EqualTo(told));
        Assert.That(code, Is.EqualTo(1));
    }

    [TestCase("- { operation: GET /v1/b }", "accepted.yaml(1,3): error TAI0060")]
    [TestCase("- { operation: GET /v1/b, were: request, reason: R. }", "accepted.yaml(1,27): error TAI0060: 'were' is not a key of an entry.")]
    [TestCase("- { operation: GET /v1/b, where: { a: b }, reason: R. }", "accepted.yaml(1,27): error TAI0060: 'where' must be a string or a list of strings.")]
    [TestCase("- { operation: [], reason: R. }", "accepted.yaml(1,5): error TAI0060")]
    [TestCase("operation: GET /v1/b", "accepted.yaml(1,1): error TAI0060")]
    public void Entry_that_cannot_be_read_is_refused_at_its_place(string text, string fault)
    {
        var document = _folder.Write("ours.yaml", Document(Ours));

        var (code, output) = Run(document, document, _folder.Write("accepted.yaml", text));

        Assert.That(code, Is.EqualTo(2));
        Assert.That(output, Does.Contain(fault));
    }

    [Test]
    public void List_of_the_repository_can_be_read()
    {
        var document = Path.Combine(BuildFacts.RepositoryRoot, "openapi", "together.yaml");

        var (code, output) = Run(document, document, Path.Combine(BuildFacts.RepositoryRoot, "openapi", "drift.yaml"));

        Assert.That(code, Is.Zero, output);
    }

    [TestCase("drift ours.yaml theirs.yaml --accepted all.yaml", 0, "0 new differences, 4 accepted.")]
    [TestCase("drift ours.yaml ours.yaml", 0, "0 new differences, 0 accepted.")]
    [TestCase("drift ours.yaml theirs.yaml", 1, "4 new differences, 0 accepted.")]
    [TestCase("drift ours.yaml none.yaml", 2, "none.yaml")]
    [TestCase("drift ours.yaml theirs.yaml --accepted none.yaml", 2, "none.yaml")]
    [TestCase("drift ours.yaml theirs.yaml --accepted", 2, "Usage:")]
    [TestCase("drift ours.yaml theirs.yaml --acepted all.yaml", 2, "Usage:")]
    [CancelAfter(60_000)]
    public async Task Program_ends_with_a_code_that_says_what_it_found(string arguments, int code, string told, CancellationToken cancellationToken)
    {
        _folder.Write("ours.yaml", Document(Ours));
        _folder.Write("theirs.yaml", Document(Theirs));
        _folder.Write("all.yaml", "- { operation: '*', reason: R. }");

        var run = await Command.DotNetAsync(_folder.Root, cancellationToken, [typeof(DriftCommand).Assembly.Location, .. arguments.Split(' ')]);

        Assert.That(run.ExitCode, Is.EqualTo(code), run.Output);
        Assert.That(run.Output, Does.Contain(told));
    }

    private static string Document(string schema) => DriftDocument.Text(DriftDocument.PathOf(schema));

    private static (int Code, string Output) Run(string ours, string theirs, string? accepted)
    {
        var output = new StringWriter();
        return (new DriftCommand(ours, theirs, accepted).Run(output), output.ToString());
    }
}
