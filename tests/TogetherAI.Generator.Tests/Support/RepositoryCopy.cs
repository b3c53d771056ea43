using System.Text;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>The repository as git knows it, in a folder of its own that tests may change and build.</summary>
internal sealed class RepositoryCopy : IDisposable
{
    private const string Origin = "https://github.com/example/client.git";

    private readonly TemporaryFolder _folder = new();

    private RepositoryCopy()
    {
    }

    public string Root => _folder.Root;

    public string Client => PathOf("src", "TogetherAI.Generated");

    public string GeneratedFolder => Path.Combine(Client, "obj", "Generated");

    public string GeneratedFile => Path.Combine(GeneratedFolder, "TogetherAI.g.cs");

    public static async Task<RepositoryCopy> CreateAsync(CancellationToken cancellationToken)
    {
        var listing = await Command.RunAsync("git", BuildFacts.RepositoryRoot, cancellationToken, "-c", "core.quotePath=false", "ls-files");
        listing.RequireSuccess();
        var copy = new RepositoryCopy();
        foreach (var file in listing.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var source = Path.Combine(BuildFacts.RepositoryRoot, file);
            var target = copy.PathOf(file);
            if (File.Exists(source))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(source, target);
            }
        }

        await AddToGitAsync(copy.Root, cancellationToken);
        return copy;
    }

    public string PathOf(params string[] parts) => _folder.PathOf(parts);

    public string Write(string path, string text) => _folder.Write(path, text);

    /// <summary>Puts a solution of projects into the copy.</summary>
    public void AddSolution(string path, params string[] projects)
        => Write(path, $"<Solution>{string.Concat(projects.Select(static project => $"<Project Path=\"{project}\" />"))}</Solution>");

    /// <summary>Puts a console program into the copy that uses the client's project, and others.</summary>
    /// <returns>The path of its project, from the root.</returns>
    public string AddProgram(string name, string source, string framework = "net10.0", params string[] projects)
    {
        var project = $"programs/{name}/{name}.csproj";
        Write($"programs/{name}/Program.cs", source);
        var references = projects.Append("TogetherAI.Generated")
            .Select(project => $"<ProjectReference Include=\"../../src/{project}/{project}.csproj\" />");
        Write(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <EnforceCodeStyleInBuild>false</EnforceCodeStyleInBuild>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(references)}
              </ItemGroup>
            </Project>
            """);
        return project;
    }

    /// <summary>Changes a file until the result is disposed.</summary>
    public IDisposable Change(string path, Func<string, string> change)
    {
        var file = PathOf(path);
        var original = File.ReadAllText(file);
        File.WriteAllText(file, change(original));
        return new Restoration(() => File.WriteAllText(file, original));
    }

    /// <summary>Takes a file away until the result is disposed.</summary>
    public IDisposable Remove(string path)
    {
        var file = PathOf(path);
        var original = File.ReadAllText(file, Encoding.UTF8);
        File.Delete(file);
        return new Restoration(() => File.WriteAllText(file, original));
    }

    /// <summary>Adds a file until the result is disposed.</summary>
    public IDisposable Add(string path, string text)
    {
        var file = Write(path, text);
        return new Restoration(() => File.Delete(file));
    }

    /// <summary>
    /// Builds as a release is built, so that what is built can be packed, but without the analyzers, which have seen the same code in
    /// the build of the repository.
    /// </summary>
    public Task<CommandResult> BuildAsync(string project, CancellationToken cancellationToken, params string[] arguments)
        => Command.DotNetAsync(Root, cancellationToken, ["build", project, "-warnaserror", "-m", "-p:RunAnalyzers=false", "-p:ContinuousIntegrationBuild=true", .. arguments]);

    /// <summary>Runs only the target that generates, with the program as it was built, as a build of the client does.</summary>
    public Task<CommandResult> GenerateAsync(CancellationToken cancellationToken)
        => Command.DotNetAsync(Client, cancellationToken, "msbuild", "-t:TogetherAIGenerate", "-v:m", "-p:TogetherAIProgram=" + PathOf("generator", "TogetherAI.Generator", "bin", "Debug", "net10.0", "TogetherAI.Generator.dll").Replace(",", "%2C", StringComparison.Ordinal));

    /// <summary>Runs only the target that generates, which then builds the program first.</summary>
    public Task<CommandResult> GenerateWithTheProgramAsync(CancellationToken cancellationToken)
        => Command.DotNetAsync(Client, cancellationToken, "msbuild", "-t:TogetherAIGenerate", "-v:m");

    public void Dispose() => _folder.Dispose();

    // Packages say which commit they were built from.
    private static async Task AddToGitAsync(string root, CancellationToken cancellationToken)
    {
        string[][] commands =
        [
            ["init", "--quiet"],
            ["remote", "add", "origin", Origin],
            ["add", "--all"],
            ["-c", "user.name=Test", "-c", "user.email=test@example.test", "commit", "--quiet", "--message", "Test"],
        ];
        foreach (var arguments in commands)
        {
            (await Command.RunAsync("git", root, cancellationToken, arguments)).RequireSuccess();
        }
    }

    private sealed class Restoration(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
