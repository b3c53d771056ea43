// dotnet tool restore && dotnet cake --target=Pack

var target = Argument("target", "Test");
var configuration = Argument("configuration", "Debug");

const string Solution = "TogetherAI.Generated.sln";
const string Client = "src/TogetherAI.Generated";
const string Document = "openapi/together.yaml";
const string Generator = "generator/TogetherAI.Generator/TogetherAI.Generator.csproj";

Task("Generate")
    .Description("Generates the client from the document, if anything it depends on has changed.")
    .Does(() =>
    {
        DotNetRestore(Solution);
        DotNetMSBuild(Client, new DotNetMSBuildSettings().WithTarget("TogetherAIGenerate"));
    });

Task("ShowGenerated")
    .Description("Copies the generated file to artifacts/, to read it or to compare two versions.")
    .IsDependentOn("Generate")
    .Does(() =>
    {
        EnsureDirectoryExists("artifacts");
        CopyFileToDirectory(Client + "/obj/Generated/TogetherAI.g.cs", "artifacts");
    });

Task("Build")
    .Description("Builds everything.")
    .Does(() => DotNetBuild(Solution, new DotNetBuildSettings { Configuration = configuration }));

Task("Test")
    .Description("Builds and tests.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings { Configuration = configuration, NoBuild = true }));

Task("Pack")
    .Description("Makes the package, in artifacts/packages.")
    .Does(() => DotNetPack(Client, new DotNetPackSettings { Configuration = "Release", OutputDirectory = "artifacts/packages" }));

Task("Drift")
    .Description("Compares the document with another one, --document=FILE.")
    .Does(() => DotNetRun(
        Generator,
        new ProcessArgumentBuilder().Append("drift").AppendQuoted(Document).AppendQuoted(Argument<string>("document")),
        new DotNetRunSettings { Configuration = "Release" }));

RunTarget(target);
