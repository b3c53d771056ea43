using System.Text.RegularExpressions;
using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds;

/// <summary>When NSwag runs, when it does not, and what it leaves behind, seen on real builds.</summary>
public sealed partial class GenerationTests
{
    private static readonly string[] Changes =
        ["the document", "the document, with the time it had", "a file beside the document", "nswag.json", "a template", "a template taken away", "a template added"];

    private static RepositoryCopy Repository => SharedCopy.Repository;

    [Test]
    public void Build_of_a_solution_with_three_frameworks_in_parallel_generates_once()
    {
        var build = SharedCopy.FirstBuild.RequireSuccess();

        Assert.That(build.Generations, Is.EqualTo(1), build.Output);
        Assert.That(build.Output, Does.Contain("0 Warning(s)"));
        Assert.That(
            new[] { "netstandard2.0", "net8.0", "net10.0" }.Select(framework => Path.Combine(Repository.Client, "bin", "Debug", framework, "TogetherAI.Generated.dll")),
            Is.All.Exist);
    }

    [Test]
    public void Build_of_an_unchanged_tree_does_not_generate()
    {
        var build = SharedCopy.SecondBuild.RequireSuccess();

        Assert.That(build.Generations, Is.Zero, build.Output);
        Assert.That(build.Count("Reading "), Is.Zero, build.Output);
    }

    [Test]
    public void Build_of_one_framework_follows_a_change_of_the_document()
    {
        Assert.That(SharedCopy.EditedBuild.RequireSuccess().Generations, Is.EqualTo(1), SharedCopy.EditedBuild.Output);
        Assert.That(SharedCopy.ProgramsBuild.RequireSuccess().Generations, Is.Zero, SharedCopy.ProgramsBuild.Output);
    }

    [Test]
    public void Generated_file_says_nothing_of_machine_time_or_version()
    {
        var text = SharedCopy.FirstGenerated;

        Assert.That(text, Is.Not.Empty);
        Assert.That(text, Does.Not.Contain(Path.GetTempPath().TrimEnd('/')).And.Not.Contain(Repository.Root));
        Assert.That(VersionOrDate().Matches(text), Is.Empty);
        Assert.That(text, Does.Not.Contain("\r"));
    }

    [Test, CancelAfter(900_000)]
    public async Task Clean_removes_what_was_generated(CancellationToken cancellationToken)
    {
        using var document = WithSmallDocument();
        (await Repository.GenerateAsync(cancellationToken)).RequireSuccess();
        Assert.That(Repository.GeneratedFile, Does.Exist);

        var clean = await Command.DotNetAsync(Repository.Client, cancellationToken, "clean");

        clean.RequireSuccess();
        Assert.That(Repository.GeneratedFolder, Does.Not.Exist);
    }

    // One after the other, each beginning with what the one before has left.
    [Test, CancelAfter(900_000)]
    public async Task Change_of_an_input_generates_once_more_and_nothing_else_does(CancellationToken cancellationToken)
    {
        using var document = WithSmallDocument();
        (await Repository.GenerateAsync(cancellationToken)).RequireSuccess();
        Assert.That((await Repository.GenerateAsync(cancellationToken)).Generations, Is.Zero);

        foreach (var input in Changes)
        {
            using (Change(input))
            {
                Assert.That((await Repository.GenerateAsync(cancellationToken)).RequireSuccess().Generations, Is.EqualTo(1), input);
            }
        }
    }

    [Test, CancelAfter(900_000)]
    public async Task Change_of_the_clients_code_reads_the_document_again_without_generating(CancellationToken cancellationToken)
    {
        using var document = WithSmallDocument();
        (await Repository.GenerateAsync(cancellationToken)).RequireSuccess();
        using var type = Repository.Add("src/TogetherAI.Generated/OneMore.cs", "namespace TogetherAI;\n\ninternal sealed class OneMore;\n");

        var generation = await Repository.GenerateAsync(cancellationToken);

        Assert.That(generation.RequireSuccess().Generations, Is.Zero, generation.Output);
        Assert.That(generation.Count("Reading openapi/together.yaml"), Is.EqualTo(1), generation.Output);
    }

    [Test, CancelAfter(900_000)]
    public async Task Change_of_the_program_reads_the_document_again(CancellationToken cancellationToken)
    {
        using var document = WithSmallDocument();
        (await Repository.GenerateWithTheProgramAsync(cancellationToken)).RequireSuccess();
        using var change = Repository.Change("generator/TogetherAI.Generator/Program.cs", text => text + "\n// The end.\n");

        var generation = await Repository.GenerateWithTheProgramAsync(cancellationToken);

        Assert.That(generation.RequireSuccess().Count("Reading openapi/together.yaml"), Is.EqualTo(1), generation.Output);
    }

    [GeneratedRegex(@"toolchain v[0-9]|\b20[0-9]{2}-[0-9]{2}-[0-9]{2}T")]
    private static partial Regex VersionOrDate();

    // When something is generated does not depend on how much, and little is generated sooner.
    private static IDisposable WithSmallDocument()
        => Repository.Change(SharedCopy.Document, static _ => SmallDocument.WithSchema("{ type: object, properties: { id: { type: string } } }"));

    private static IDisposable Change(string input) => input switch
    {
        "the document" => Repository.Change(SharedCopy.Document, text => text + "\n# The end.\n"),
        "the document, with the time it had" => ChangeKeepingTheTime(),
        "a file beside the document" => Repository.Add("openapi/shared/more.yaml", "type: string"),
        "nswag.json" => Repository.Change("nswag.json", text => text + "\n"),
        "a template" => Repository.Change("generator/Templates/Enum.liquid", text => text + "{% comment %}The end.{% endcomment %}"),
        "a template taken away" => Repository.Remove("generator/Templates/Client.Method.Documentation.liquid"),
        "a template added" => Repository.Add("generator/Templates/File.Footer.liquid", "// The end."),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, null),
    };

    // As what puts a file back from a copy does.
    private static IDisposable ChangeKeepingTheTime()
    {
        var file = Repository.PathOf(SharedCopy.Document);
        var time = File.GetLastWriteTimeUtc(file);
        var change = Repository.Change(SharedCopy.Document, text => text + "\n# Another end.\n");
        File.SetLastWriteTimeUtc(file, time);
        return change;
    }
}
