using System.Text.RegularExpressions;
using NUnit.Framework;
using TogetherAI.Tests.Document;
using YamlDotNet.RepresentationModel;

namespace TogetherAI.Tests.Conventions;

/// <summary>
/// What users read uses the terms of the field: README files, documentation comments, messages, help texts and the document. The
/// glossary in CONTRIBUTING.md gives the reasons.
/// </summary>
public sealed partial class PlainEnglishTests
{
    // What is not said, and what is said instead.
    private static readonly (string Pattern, string Term)[] Terms =
    [
        (@"\banswer(s|ed|ing)?\b", "response"),
        (@"\bstand-ins?\b", "mock server"),
        (@"\bhand(s|ed|ing)? (it )?in\b|\bstays? (yours|the caller's)\b", "supply your own, is not disposed"),
        (@"\btries\b|\b(try|tried|sent|send|sends) again\b|\banother try\b|\beach try\b", "retry, attempt"),
        (@"\bclocks? .{0,30}\bran out\b|\b(three|four) clocks\b", "timeout elapsed"),
        (@"\bas life\b", "idle timeout"),
        (@"\b(most|fewest) (bytes|characters|items|speakers|steps|times|tokens)\b", "maximum, minimum number of"),
        (@"\bstill had\b", "cached"),
        (@"\brandom numbers\b", "random seed"),
        (@"\bonly counts\b", "usage-only chunk"),
        (@"\bread aloud\b|\bwrit(es?|ten) down\b", "speech synthesis, transcription"),
        (@"\bpictures?\b|\brecordings?\b", "images, audio files"),
        (@"\bparted\b", "separated by"),
        (@", or else\b|, else\b", "otherwise"),
        (@"\bcannot be meant\b", "invalid"),
        (@"\bas if all\b", "never reported as success"),
        (@"\btoday's\b", "current /v1 endpoints"),
        (@"\bopen (set|word)s?\b", "extensible enum"),
    ];

    [TestCaseSource(nameof(Pages))]
    public void Page_uses_the_terms_of_the_field(string page)
        => RequireTerms(Prose(File.ReadAllText(Repository.PathOf(page))));

    [Test]
    public void Document_uses_the_terms_of_the_field()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Repository.PathOf("openapi", "together.yaml"));
        yaml.Load(reader);

        var texts = yaml.Documents[0].AllNodes.OfType<YamlMappingNode>()
            .SelectMany(static map => map.Children)
            .Where(static entry => entry.Key is YamlScalarNode { Value: "description" or "summary" } && entry.Value is YamlScalarNode)
            .Select(static entry => ((int)entry.Value.Start.Line, ((YamlScalarNode)entry.Value).Value!.ReplaceLineEndings(" ")))
            .ToList();

        Assert.That(texts, Has.Count.GreaterThan(500));
        RequireTerms(texts);
    }

    [TestCase("src/TogetherAI.Generated")]
    [TestCase("src/TogetherAI.Extensions.AI")]
    [TestCase("src/TogetherAI.LocalServer")]
    [TestCase("src/TogetherAI.Cli")]
    [TestCase("generator/TogetherAI.Generator")]
    public void Comments_for_documentation_and_texts_of_the_code_use_the_terms_of_the_field(string folder)
    {
        var root = Repository.PathOf(folder.Split('/'));
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .ToList();

        Assert.That(files, Has.Count.GreaterThan(10));
        Assert.That(files.SelectMany(file => Faults(Texts(File.ReadAllText(file))).Select(fault => $"{Path.GetRelativePath(root, file)}{fault}")), Is.Empty);
    }

    [Test]
    public void Glossary_has_each_term()
    {
        var guide = File.ReadAllText(Repository.PathOf("CONTRIBUTING.md"));

        Assert.That(Terms.Select(static term => term.Term).Where(term => !guide.Contains(term, StringComparison.Ordinal)), Is.Empty);
    }

    // The changelog and the tables of the benchmarks quote what was.
    private static IEnumerable<string> Pages()
        => RepositoryPages.All.Where(static page => page is not "CHANGELOG.md" && !page.StartsWith("tests/", StringComparison.Ordinal));

    private static void RequireTerms(IEnumerable<(int Line, string Text)> texts) => Assert.That(Faults(texts), Is.Empty);

    private static IEnumerable<string> Faults(IEnumerable<(int Line, string Text)> texts)
        => from text in Paragraphs(texts)
           from term in Terms
           from match in Regex.Matches(text.Text, term.Pattern, RegexOptions.IgnoreCase)
           select $"({text.Line}): \"{match.Value}\": say {term.Term}";

    // A phrase may begin in one line and end in the next. What has no line after it stands for itself.
    private static IEnumerable<(int Line, string Text)> Paragraphs(IEnumerable<(int Line, string Text)> texts)
    {
        (int Line, int Last, string Text)? paragraph = null;
        foreach (var (line, text) in texts)
        {
            if (paragraph is { } open && line == open.Last + 1 && text.Trim().Length > 0)
            {
                paragraph = (open.Line, line, $"{open.Text} {text.Trim()}");
                continue;
            }

            if (paragraph is { } complete)
            {
                yield return (complete.Line, complete.Text);
            }

            paragraph = (line, line, text.Trim());
        }

        if (paragraph is { } last)
        {
            yield return (last.Line, last.Text);
        }
    }

    // Code and the glossary itself are left out.
    private static IEnumerable<(int Line, string Text)> Prose(string page)
    {
        var (isCode, isGlossary) = (false, false);
        var number = 0;
        foreach (var line in page.Split('\n'))
        {
            number++;
            isGlossary = line.StartsWith("## ", StringComparison.Ordinal) ? line == "## Terms" : isGlossary;
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode && !isGlossary)
            {
                yield return (number, InlineCode().Replace(line, "`…`"));
            }
        }
    }

    private static IEnumerable<(int Line, string Text)> Texts(string source)
        => source.Split('\n').SelectMany(static (line, index) => Comment().Match(line) is { Success: true } comment
            ? [(index + 1, InlineCode().Replace(Tag().Replace(comment.Groups["text"].Value, ""), ""))]
            : Literal().Matches(line).Select(literal => (index + 1, literal.Value)).Where(static text => text.Value.Contains(' ', StringComparison.Ordinal)));

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\s*///(?<text>.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Literal();
}
