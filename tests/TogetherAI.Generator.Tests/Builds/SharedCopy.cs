using NUnit.Framework;
using TogetherAI.Generator.Tests.Builds.Uses;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds;

/// <summary>
/// One copy of the repository for all tests of real builds, because each build takes long. It is built as it was cloned and
/// once more unchanged, packed, then edited as its users would, and built for programs that use what was added. Tests leave it so.
/// </summary>
[SetUpFixture]
internal sealed class SharedCopy
{
    public const string Document = "openapi/together.yaml";

    /// <summary>The client, for all its frameworks, and a program for each of two.</summary>
    public const string Solution = "copy.slnx";

    private const string Programs = "programs.slnx";

    public static RepositoryCopy Repository { get; private set; } = null!;

    /// <summary>The build of a clean clone.</summary>
    public static CommandResult FirstBuild { get; private set; } = null!;

    /// <summary>What the first build has generated.</summary>
    public static string FirstGenerated { get; private set; } = "";

    /// <summary>The same build again, with nothing changed.</summary>
    public static CommandResult SecondBuild { get; private set; } = null!;

    /// <summary>The package of the client, made of the first build.</summary>
    public static CommandResult Pack { get; private set; } = null!;

    /// <summary>The build of one framework of the client after the document was edited.</summary>
    public static CommandResult EditedBuild { get; private set; } = null!;

    /// <summary>The build of the programs that use what was added, after that.</summary>
    public static CommandResult ProgramsBuild { get; private set; } = null!;

    [OneTimeSetUp]
    public static async Task CreateAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        Repository = await RepositoryCopy.CreateAsync(patience.Token);
        AddSolution();
        FirstBuild = await Repository.BuildAsync(Solution, patience.Token);
        FirstGenerated = File.Exists(Repository.GeneratedFile) ? await File.ReadAllTextAsync(Repository.GeneratedFile, patience.Token) : "";
        SecondBuild = await Repository.BuildAsync(Solution, patience.Token, "--no-restore");
        Pack = await Command.DotNetAsync(Repository.Root, patience.Token, "pack", Repository.Client, "-c", "Debug", "--no-build", "-warnaserror", $"-p:Version={ReferenceTests.Version}");

        Edit();
        EditedBuild = await Repository.BuildAsync(Repository.Client, patience.Token, "--no-restore", "-f", "net10.0");
        ProgramsBuild = await Repository.BuildAsync(Programs, patience.Token);
    }

    [OneTimeTearDown]
    public static void Delete() => Repository.Dispose();

    /// <summary>Runs one of the programs that use what was added.</summary>
    public static Task<CommandResult> RunProgramAsync(string name, CancellationToken cancellationToken, params string[] arguments)
    {
        ProgramsBuild.RequireSuccess();
        return Command.DotNetAsync(Repository.Root, cancellationToken, [Repository.PathOf("programs", name, "bin", "Debug", "net10.0", name + ".dll"), .. arguments]);
    }

    private static void AddSolution()
    {
        const string Source = """
            var request = new TogetherAI.InferenceRequest { Model = "m", Prompt = "p" };
            System.Console.WriteLine(request.Prompt);
            """;
        Repository.AddSolution(
            Solution,
            "src/TogetherAI.Generated/TogetherAI.Generated.csproj",
            Repository.AddProgram("OnNet8", Source, "net8.0"),
            Repository.AddProgram("OnNet10", Source));
    }

    private static void Edit()
    {
        Repository.Change(Document, RegenerateTests.Extended);
        Repository.Add(ExtendTests.File, ExtendTests.Extension);
        Repository.AddSolution(
            Programs,
            Repository.AddProgram(RegenerateTests.OperationProgram, RegenerateTests.OperationSource),
            Repository.AddProgram(RegenerateTests.FieldProgram, RegenerateTests.FieldSource),
            Repository.AddProgram(ExtendTests.Program, ExtendTests.Source),
            Repository.AddProgram(ReadmeTests.AllProgram, ReadmeTests.AllSource, "net10.0", "TogetherAI.LocalServer"),
            Repository.AddProgram(ReadmeTests.RelayProgram, ReadmeTests.RelaySource, "net10.0", "TogetherAI.LocalServer"));
    }
}
