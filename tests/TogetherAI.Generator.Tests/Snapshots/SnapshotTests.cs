using NUnit.Framework;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Tests.Support;
using TogetherAI.Generator.Writing;

namespace TogetherAI.Generator.Tests.Snapshots;

/// <summary>
/// What the program writes of a small document that has a little of everything, and the C# that NSwag makes of that, are
/// committed as text, so that every change to them is seen in review. Run <c>dotnet cake --target=UpdateSnapshots</c> to
/// write them anew.
/// </summary>
public sealed class SnapshotTests
{
    private const string UpdateVariable = "UPDATE_SNAPSHOTS";

    private static readonly string Folder = Path.Combine(BuildFacts.RepositoryRoot, "tests", "TogetherAI.Generator.Tests", "Snapshots");

    private Generation _generation = null!;

    [OneTimeSetUp]
    public void Generate()
    {
        var reserved = ReservedNames.Of(Path.Combine(BuildFacts.RepositoryRoot, "src", "TogetherAI.Generated"));
        // With the methods that stream, which the client of this repository has by hand.
        _generation = Generation.OfFile(Path.Combine(Folder, "everything.yaml"), reserved, ClientCompiler.Settings with { WritesStreams = true });
        Assert.That(_generation.Written, Is.Not.Null, $"{_generation}");
    }

    [Test, CancelAfter(60_000)]
    public Task Document_for_NSwag_is_the_committed_one(CancellationToken cancellationToken)
        => RequireCommittedAsync("everything.json", JsonNodeWriter.WriteText(_generation.Written!), cancellationToken);

    [Test, CancelAfter(120_000)]
    public async Task Generated_code_is_the_committed_one(CancellationToken cancellationToken)
        => await RequireCommittedAsync("everything.cs.txt", await ClientCompiler.GenerateAsync(_generation.Written!, cancellationToken), cancellationToken);

    private static async Task RequireCommittedAsync(string name, string text, CancellationToken cancellationToken)
    {
        var committed = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "true")
        {
            await File.WriteAllTextAsync(committed, text, cancellationToken);
        }

        using var folder = new TemporaryFolder();
        folder.Write($"generated/{name}", text);
        var difference = await Command.RunAsync(
            "git", folder.Root, cancellationToken, "-c", "core.autocrlf=false", "diff", "--no-index", "--no-color", "--ignore-cr-at-eol", committed, $"generated/{name}");

        Assert.That(difference.ExitCode, Is.Zero, $"Look at the difference, then run: dotnet cake --target=UpdateSnapshots\n{difference.Output}");
    }
}
