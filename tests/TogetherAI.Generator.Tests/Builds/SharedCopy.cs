using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds;

/// <summary>
/// One copy of the repository for all tests, because restoring and building take long: a solution of the client and of
/// two programs that use different frameworks of it. Tests leave it as they found it.
/// </summary>
[SetUpFixture]
internal sealed class SharedCopy
{
    public const string Solution = "copy.slnx";

    private const string Source = """
        var request = new TogetherAI.InferenceRequest { Model = "m", Prompt = "p" };
        System.Console.WriteLine(request.Prompt);
        """;

    public static RepositoryCopy Repository { get; private set; } = null!;

    public static CommandResult FirstBuild { get; private set; } = null!;

    [OneTimeSetUp]
    public static async Task CreateAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        Repository = await RepositoryCopy.CreateAsync(patience.Token);
        Repository.AddProgram("OnNet8", Source, "net8.0");
        Repository.AddProgram("OnNet10", Source);
        Repository.Write(Solution, """
            <Solution>
              <Project Path="src/TogetherAI.Generated/TogetherAI.Generated.csproj" />
              <Project Path="programs/OnNet8/OnNet8.csproj" />
              <Project Path="programs/OnNet10/OnNet10.csproj" />
            </Solution>
            """);
        FirstBuild = await Repository.BuildAsync(Solution, patience.Token);
    }

    [OneTimeTearDown]
    public static void Delete() => Repository.Dispose();
}
