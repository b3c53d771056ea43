using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds;

/// <summary>A fault in an input ends the build with one error that a person can act on.</summary>
public sealed partial class BrokenInputTests
{
    private static RepositoryCopy Repository => SharedCopy.Repository;

    [TestCase("generator/Templates/Enum.liquid", "{% endfor %}", "{% endfur %}", "generator/Templates", "Liquid template CSharp/Enum")]
    [CancelAfter(900_000)]
    public async Task Build_with_a_broken_input_of_NSwag_fails_with_one_error_that_names_it(
        string file, string text, string damage, string named, string fault, CancellationToken cancellationToken)
    {
        using var broken = Repository.Change(file, content => Damaged(content, text, damage));

        var errors = await RequireFailedGenerationAsync(cancellationToken);

        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0], Does.StartWith(named).And.Contain("error TAI0001").And.Contain(fault));
    }

    [Test, CancelAfter(900_000)]
    public async Task Build_with_a_broken_document_fails_with_an_error_for_each_fault_at_its_place(CancellationToken cancellationToken)
    {
        using var broken = Repository.Change(SharedCopy.Document, content => Damaged(Damaged(content, "schemas/InferenceChunk'", "schemas/Nothing'"), "\n  version: ", "\n  vresion: "));

        var errors = await RequireFailedGenerationAsync(cancellationToken);

        Assert.That(errors, Has.Count.EqualTo(4), string.Join('\n', errors));
        Assert.That(errors[0], Does.StartWith("openapi/together.yaml(4,3): error TAI0011: "));
        Assert.That(errors[1], Does.StartWith("openapi/together.yaml(5,3): error TAI0010: ").And.Contain("Did you mean 'version'?"));
        Assert.That(errors[2], Does.Match(@"^openapi/together\.yaml\(\d+,23\): error TAI0007: The reference '#/components/schemas/Nothing' names nothing\."));
        Assert.That(errors[3], Does.StartWith("openapi/together.yaml : error TAI0001: No client could be generated: see the errors before this one."));
    }

    [Test, CancelAfter(900_000)]
    public async Task Build_with_broken_settings_fails_with_an_error_at_their_place(CancellationToken cancellationToken)
    {
        using var broken = Repository.Change("nswag.json", content => Damaged(content, "\"runtime\":", "\"runtime\""));

        var errors = await RequireFailedGenerationAsync(cancellationToken);

        Assert.That(errors[0], Does.StartWith("nswag.json(2,").And.Contain("error TAI0003: This is not JSON"));
    }

    [Test, CancelAfter(900_000)]
    public async Task Build_with_a_broken_document_and_nothing_generated_leaves_nothing_half_done(CancellationToken cancellationToken)
    {
        using var broken = Repository.Change(SharedCopy.Document, content => Damaged(content, "info:", "info: ["));
        File.Delete(Repository.GeneratedFile);

        var generation = await Repository.GenerateAsync(cancellationToken);

        Assert.That(generation.ExitCode, Is.Not.Zero);
        Assert.That(generation.Count("error TAI0003"), Is.EqualTo(1), generation.Output);
        Assert.That(Repository.GeneratedFile, Does.Not.Exist);
    }

    [TestCase("net8.0"), TestCase("net10.0")]
    public void Program_that_leaves_out_a_required_field_does_not_compile_on_a_framework_that_knows_the_word(string framework)
    {
        SharedCopy.FirstBuild.RequireSuccess();
        var client = Path.Combine(Repository.Client, "bin", "Debug", framework, "TogetherAI.Generated.dll");

        var faults = ClientCompiler.Use(client, """_ = new TogetherAI.InferenceRequest { Model = "m" };""").GetDiagnostics();

        Assert.That(faults.Select(static fault => $"{fault.Id}: {fault.GetMessage(CultureInfo.InvariantCulture)}"), Has.Exactly(1).Items.And.All.Match("^CS9035: .*InferenceRequest\\.Prompt"));
    }

    [GeneratedRegex("^.*: error [A-Z].*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    private static async Task<List<string>> RequireFailedGenerationAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Repository.GeneratedFile))
        {
            File.WriteAllText(Repository.GeneratedFile, "// What was generated before.");
        }

        var good = await File.ReadAllBytesAsync(Repository.GeneratedFile, cancellationToken);

        var generation = await Repository.GenerateAsync(cancellationToken);

        Assert.That(generation.ExitCode, Is.Not.Zero, generation.Output);
        Assert.That(generation.Output, Does.Not.Contain("   at "));
        Assert.That(Directory.GetFiles(Repository.GeneratedFolder, "*.tmp"), Is.Empty);
        Assert.That(await File.ReadAllBytesAsync(Repository.GeneratedFile, cancellationToken), Is.EqualTo(good));
        return [.. ErrorLine().Matches(generation.Output).Select(error => error.Value.Trim()).Distinct()];
    }

    private static string Damaged(string content, string text, string damage)
    {
        Assert.That(content, Does.Contain(text));
        var start = content.IndexOf(text, StringComparison.Ordinal);
        return content[..start] + damage + content[(start + text.Length)..];
    }
}
