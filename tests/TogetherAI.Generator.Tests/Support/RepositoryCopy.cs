using System.Text;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>The repository as git knows it, in a folder of its own that tests may change and build.</summary>
internal sealed class RepositoryCopy : IDisposable
{
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

        return copy;
    }

    public string PathOf(params string[] parts) => _folder.PathOf(parts);

    public string Write(string path, string text) => _folder.Write(path, text);

    /// <summary>Puts a console program into the copy that uses the client's project, and others.</summary>
    public string AddProgram(string name, string source, string framework = "net10.0", params string[] projects)
    {
        Write($"programs/{name}/Program.cs", source);
        var references = projects.Append("TogetherAI.Generated")
            .Select(project => $"<ProjectReference Include=\"../../src/{project}/{project}.csproj\" />");
        return Write($"programs/{name}/{name}.csproj", $"""
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

    public Task<CommandResult> BuildAsync(string project, CancellationToken cancellationToken, params string[] arguments)
        => Command.DotNetAsync(Root, cancellationToken, ["build", project, "-warnaserror", "-m", .. arguments]);

    public Task<CommandResult> BuildClientAsync(CancellationToken cancellationToken, params string[] arguments)
        => BuildAsync(Client, cancellationToken, ["--no-restore", .. arguments]);

    /// <summary>Builds a program of the copy and runs it.</summary>
    public async Task<CommandResult> RunProgramAsync(string project, CancellationToken cancellationToken, params string[] arguments)
    {
        (await BuildAsync(project, cancellationToken)).RequireSuccess();
        return await Command.DotNetAsync(Root, cancellationToken, ["run", "--project", project, "--no-build", "--", .. arguments]);
    }

    /// <summary>Runs only the target that generates.</summary>
    public Task<CommandResult> GenerateAsync(CancellationToken cancellationToken)
        => Command.DotNetAsync(Client, cancellationToken, "msbuild", "-t:TogetherAIGenerate", "-v:m");

    public void Dispose() => _folder.Dispose();

    private sealed class Restoration(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
