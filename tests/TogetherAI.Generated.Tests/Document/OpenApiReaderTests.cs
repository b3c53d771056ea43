using Microsoft.OpenApi;
using NUnit.Framework;
using YamlDotNet.Core;

namespace TogetherAI.Tests.Document;

public sealed class OpenApiReaderTests
{
    [Test]
    public async Task Document_read_by_an_OpenAPI_reader_has_no_error_and_no_warning()
    {
        var yaml = await File.ReadAllTextAsync(TogetherDocument.FilePath);

        var faults = Faults(yaml);

        Assert.That(faults, Is.Empty);
    }

    [TestCase("title: Together AI inference", "titel: Together AI inference", TestName = "Reader_unknown_word_is_a_fault")]
    [TestCase("schemas/InferenceChunk'", "schemas/Nothing'", TestName = "Reader_dangling_reference_is_a_fault")]
    [TestCase("    TokenUsage:\n", "    InferenceToken:\n", TestName = "Reader_name_given_twice_is_a_fault")]
    public void Reader_damaged_document_is_a_fault(string text, string damage)
    {
        var yaml = File.ReadAllText(TogetherDocument.FilePath).ReplaceLineEndings("\n");
        Assert.That(yaml, Does.Contain(text));

        var faults = Faults(yaml.Replace(text, damage, StringComparison.Ordinal));

        Assert.That(faults, Is.Not.Empty);
    }

    private static IReadOnlyList<string> Faults(string yaml)
    {
        string json;
        try
        {
            // The library's own YAML reader is tied to a YAML parser that not every feed has in the version it needs.
            json = TogetherDocument.ParseYaml(yaml).ToString();
        }
        catch (YamlException exception)
        {
            return [exception.Message];
        }

        var (document, diagnostic) = OpenApiDocument.Parse(json, OpenApiConstants.Json);
        var references = new ReferenceFaults();
        new OpenApiWalker(references).Walk(document!);
        return
        [
            .. diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"),
            .. diagnostic.Warnings.Select(warning => $"{warning.Pointer}: {warning.Message}"),
            .. references.Found,
        ];
    }

    private sealed class ReferenceFaults : OpenApiVisitorBase
    {
        public List<string> Found { get; } = [];

        public override void Visit(IOpenApiReferenceHolder referenceHolder)
        {
            if (referenceHolder.UnresolvedReference)
            {
                Found.Add($"{PathString}: the reference leads nowhere.");
            }
        }
    }
}
