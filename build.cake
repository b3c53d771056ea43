// Thin verbs over dotnet, for people who like one list of them: dotnet tool restore && dotnet cake --target=Pack

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Debug");

const string Solution = "TogetherAI.Generated.sln";
const string Client = "src/TogetherAI.Generated";
const string GeneratedFile = Client + "/obj/Generated/TogetherAI.g.cs";
const string Document = "openapi/together.yaml";
const string Generator = "generator/TogetherAI.Generator/TogetherAI.Generator.csproj";
const string Benchmarks = "tests/TogetherAI.Generated.Benchmarks/TogetherAI.Generated.Benchmarks.csproj";
const string Fuzzing = "tests/TogetherAI.Generated.Fuzzing/TogetherAI.Generated.Fuzzing.csproj";
const string Packages = "artifacts/packages";
const string Documentation = "src/Documentation";

Task("Clean")
    .Description("Removes what was built and generated.")
    .Does(() =>
    {
        DotNetClean(Solution, new DotNetCleanSettings { Configuration = configuration });
        CleanDirectory("artifacts");
    });

Task("Restore")
    .Description("Restores the packages.")
    .Does(() => DotNetRestore(Solution));

Task("Generate")
    .Description("Generates the client from the document, if anything it depends on has changed.")
    .IsDependentOn("Restore")
    .Does(() => DotNetMSBuild(Client, new DotNetMSBuildSettings().WithTarget("TogetherAIGenerate")));

Task("ShowGenerated")
    .Description("Copies the generated file to artifacts/, to read it or to compare two versions.")
    .IsDependentOn("Generate")
    .Does(() =>
    {
        EnsureDirectoryExists("artifacts");
        CopyFileToDirectory(GeneratedFile, "artifacts");
        Information("artifacts/TogetherAI.g.cs");
    });

Task("Build")
    .Description("Builds everything.")
    .IsDependentOn("Restore")
    .Does(() => DotNetBuild(Solution, new DotNetBuildSettings { Configuration = configuration, NoRestore = true }));

Task("Test")
    .Description("Runs all tests.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings { Configuration = configuration, NoBuild = true }));

Task("UpdateListing")
    .Description("Writes the listing of the public surface anew.")
    .IsDependentOn("Restore")
    .DoesForEach(new[] { "TogetherAI.Generated.Tests", "TogetherAI.Extensions.DependencyInjection.Tests", "TogetherAI.Extensions.AI.Tests", "TogetherAI.Cli.Tests" }, tests => DotNetTest($"tests/{tests}", new DotNetTestSettings
    {
        Configuration = configuration,
        NoRestore = true,
        Filter = "FullyQualifiedName~PublicApiTests",
        EnvironmentVariables = new Dictionary<string, string> { ["UPDATE_PUBLIC_API_LISTING"] = "true" },
    }));

Task("UpdateSnapshots")
    .Description("Writes the snapshots of what is generated for a small document anew.")
    .IsDependentOn("Restore")
    .Does(() => DotNetTest("tests/TogetherAI.Generator.Tests", new DotNetTestSettings
    {
        Configuration = configuration,
        NoRestore = true,
        Filter = "FullyQualifiedName~SnapshotTests",
        EnvironmentVariables = new Dictionary<string, string> { ["UPDATE_SNAPSHOTS"] = "true" },
    }));

Task("Pack")
    .Description("Makes the packages, in artifacts/packages; --package-version=1.2.3 names their version.")
    .IsDependentOn("Restore")
    .Does(() =>
    {
        CleanDirectory(Packages);
        var version = Argument("package-version", "");
        DotNetPack(Solution, new DotNetPackSettings
        {
            Configuration = "Release",
            NoRestore = true,
            OutputDirectory = Packages,
            MSBuildSettings = version == "" ? null : new DotNetMSBuildSettings().SetVersion(version),
        });
    });

Task("Benchmark")
    .Description("Measures speed and memory beside the peers, in a few minutes, and prints the tables.")
    .IsDependentOn("Restore")
    .Does(() => DotNetRun(Benchmarks, "short", new DotNetRunSettings { Configuration = "Release", NoRestore = true }));

Task("Fuzz")
    .Description("Searches for inputs that the client reads or writes incorrectly, for ten minutes with each target, or --seconds=60.")
    .IsDependentOn("Restore")
    .DoesForEach(new[] { "stream", "read", "write" }, target => DotNetRun(
        Fuzzing,
        new ProcessArgumentBuilder().Append(target).Append("--seconds").Append(Argument("seconds", "600")),
        new DotNetRunSettings { Configuration = configuration, NoRestore = true }));

Task("Docs")
    .Description("Builds the documentation, in artifacts/docs; a broken link is an error.")
    .IsDependentOn("Restore")
    .Does(() =>
    {
        CleanDirectory("artifacts/docs");
        foreach (var project in new[] { "TogetherAI.LocalServer", "TogetherAI.Extensions.AI", "TogetherAI.Extensions.DependencyInjection" })
        {
            DotNetBuild("src/" + project, new DotNetBuildSettings { Configuration = "Release", Framework = "net10.0", NoRestore = true });
        }

        // The folder has a manifest of its own, so that only who builds the documentation gets its tool.
        foreach (var command in new[] { "tool restore", "docfx docfx.json --warningsAsErrors" })
        {
            if (StartProcess("dotnet", new ProcessSettings { Arguments = command, WorkingDirectory = Documentation }) != 0)
            {
                throw new CakeException($"dotnet {command} has failed.");
            }
        }

        Information("artifacts/docs/index.html; look at it in a browser: .ci/browser artifacts/docs");
    });

Task("Drift")
    .Description("Compares the document with another one, --document=FILE; fails on differences that openapi/drift.yaml does not accept.")
    .Does(() => DotNetRun(
        Generator,
        new ProcessArgumentBuilder().Append("drift").AppendQuoted(Document).AppendQuoted(Argument<string>("document")).Append("--accepted").AppendQuoted("openapi/drift.yaml"),
        new DotNetRunSettings { Configuration = "Release" }));

Task("Default")
    .Description("Builds and tests.")
    .IsDependentOn("Test");

RunTarget(target);
