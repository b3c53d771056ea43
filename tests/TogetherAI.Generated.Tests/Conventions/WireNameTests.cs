using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Conventions;

/// <summary>What the document says is not said again in C#.</summary>
public sealed partial class WireNameTests
{
    // Errors of many services have it, beside queued jobs of this one.
    private const string InErrors = "request_id";

    // Telemetry has one name for what the endpoints call differently.
    private static readonly string[] InTelemetry = ["encoding_format", "max_output_tokens", "stop_reason"];

    private static readonly HashSet<string> FieldNames =
    [
        .. from schema in TogetherDocument.Schemas
           where !TogetherDocument.HandWrittenTypes.Contains(schema.Key)
           from field in schema.Value.SelectTokens("$..properties").OfType<JObject>().SelectMany(fields => fields.Properties())
           where field.Name.Contains('_', StringComparison.Ordinal) && field.Name != InErrors && !InTelemetry.Contains(field.Name)
           select field.Name,
    ];

    private static readonly HashSet<string> Paths = [.. TogetherDocument.Operations.Select(operation => operation.Path.Trim('/'))];

    [Test]
    public void Hand_written_code_spells_no_field_and_no_path_of_the_document()
    {
        var source = Repository.PathOf("src", "TogetherAI.Generated");
        var output = Path.Combine(source, "obj") + Path.DirectorySeparatorChar;
        var files = Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(output, StringComparison.Ordinal)).ToList();

        var faults = from file in files
                     from name in Repeated(File.ReadAllText(file))
                     select $"{Path.GetRelativePath(source, file)}: \"{name}\"";

        Assert.That(files, Is.Not.Empty);
        Assert.That(faults, Is.Empty);
    }

    [TestCase("var name = \"stream_tokens\";", ExpectedResult = "stream_tokens")]
    [TestCase("Send(\"/inference\");", ExpectedResult = "/inference")]
    [TestCase("Send(\"inference\");", ExpectedResult = "inference")]
    [TestCase("/// <c>\"stream_tokens\"</c>", ExpectedResult = null)]
    [TestCase("Say(\"the inference failed\");", ExpectedResult = null)]
    public string? Repetition_is_recognised(string code) => Repeated(code).SingleOrDefault();

    private static IEnumerable<string> Repeated(string code)
        => from line in code.Split('\n')
           where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
           from literal in Literal().Matches(line)
           let text = literal.Groups[1].Value
           where FieldNames.Contains(text) || Paths.Contains(text.Trim('/'))
           select text;

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Literal();
}
