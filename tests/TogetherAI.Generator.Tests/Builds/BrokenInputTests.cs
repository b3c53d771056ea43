using System.Text.RegularExpressions;
using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds;

/// <summary>A fault in an input ends the build with one error that a person can act on.</summary>
public sealed partial class BrokenInputTests
{
    private const string Document = "openapi/together.yaml";

    private static RepositoryCopy Repository => SharedCopy.Repository;

    [TestCase(Document, "info:", "info: [", Document, "While parsing")]
    [TestCase(Document, "schemas/InferenceChunk'", "schemas/Nothing'", Document, "Could not resolve the path '#/components/schemas/Nothing'")]
    [TestCase("generator/Templates/Enum.liquid", "{% endfor %}", "{% endfur %}", "generator/Templates", "Liquid template CSharp/Enum")]
    [TestCase("nswag.json", "{", "[", "nswag.json", "JsonReader")]
    [CancelAfter(900_000)]
    public async Task Build_with_a_broken_input_fails_with_one_error_that_names_it(
        string file, string text, string damage, string named, string fault, CancellationToken cancellationToken)
    {
        (await Repository.GenerateAsync(cancellationToken)).RequireSuccess();
        var good = await File.ReadAllBytesAsync(Repository.GeneratedFile, cancellationToken);
        using var broken = Repository.Change(file, content => Damaged(content, text, damage));

        var build = await Repository.BuildClientAsync(cancellationToken);

        var errors = ErrorLine().Matches(build.Output).Select(error => error.Value).Distinct().ToList();
        Assert.That(build.ExitCode, Is.Not.Zero);
        Assert.That(errors, Has.Count.EqualTo(1), build.Output);
        Assert.That(errors[0], Does.StartWith(named).And.Contain("error TAI0001").And.Contain(fault));
        Assert.That(build.Output, Does.Contain("1 Error(s)").And.Not.Contain("   at "));
        Assert.That(Names(), Is.EquivalentTo(new[] { "TogetherAI.g.cs", "inputs.txt" }));
        Assert.That(await File.ReadAllBytesAsync(Repository.GeneratedFile, cancellationToken), Is.EqualTo(good));
    }

    [Test, CancelAfter(900_000)]
    public async Task Build_with_a_broken_document_and_nothing_generated_leaves_nothing_half_done(CancellationToken cancellationToken)
    {
        using var broken = Repository.Change(Document, content => Damaged(content, "info:", "info: ["));
        File.Delete(Repository.GeneratedFile);

        var build = await Repository.BuildClientAsync(cancellationToken, "-f", "net10.0");

        Assert.That(build.ExitCode, Is.Not.Zero);
        Assert.That(Names(), Is.EqualTo(new[] { "inputs.txt" }));
    }

    [TestCase("OnNet8")]
    [TestCase("OnNet10")]
    [CancelAfter(900_000)]
    public async Task Build_of_a_program_that_leaves_out_a_required_field_fails(string program, CancellationToken cancellationToken)
    {
        (await Repository.BuildClientAsync(cancellationToken)).RequireSuccess();
        using var broken = Repository.Change($"programs/{program}/Program.cs", source => Damaged(source, ", Prompt = \"p\"", ""));

        var build = await Repository.BuildAsync($"programs/{program}", cancellationToken, "--no-restore", "--no-dependencies");

        Assert.That(build.ExitCode, Is.Not.Zero);
        Assert.That(build.Output, Does.Contain("error CS9035").And.Contain("InferenceRequest.Prompt"));
    }

    [GeneratedRegex("^.*: error .*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    private static IEnumerable<string?> Names() => Directory.GetFiles(Repository.GeneratedFolder).Select(Path.GetFileName);

    private static string Damaged(string content, string text, string damage)
    {
        Assert.That(content, Does.Contain(text));
        var start = content.IndexOf(text, StringComparison.Ordinal);
        return content[..start] + damage + content[(start + text.Length)..];
    }
}
