using System.Diagnostics;
using System.Text;
using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Tool;

/// <summary>A file that is named is written into; whatever it is, it stays.</summary>
[Platform(Exclude = "Win", Reason = "links, modes and pipes of POSIX")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OutputFileTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("together-");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task File_with_a_mode_of_its_own_keeps_it_and_no_other_file_is_touched()
    {
        var path = At("lamp.png");
        await File.WriteAllTextAsync(path, new string('x', 100_000));
        await File.WriteAllTextAsync(path + ".part", "mine");
        // Not that of a file for its owner alone, as a temporary one is.
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(path, Mode);
        using (var linking = Process.Start("ln", [path, At("same")]))
        {
            await linking.WaitForExitAsync();
        }

        var result = await DrawAsync(path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Output, Is.EqualTo(path + "\n"), result.Log);
            Assert.That(IsImage(path), Is.True);
            Assert.That(IsImage(At("same")), Is.True, "It is another file.");
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(Mode));
            Assert.That(await File.ReadAllTextAsync(path + ".part"), Is.EqualTo("mine"));
            Assert.That(_folder.GetFiles(), Has.Length.EqualTo(3));
        }
    }

    [TestCase(true), TestCase(false)]
    public async Task Link_stays_a_link_and_what_it_points_to_is_written(bool isThere)
    {
        var target = At("target.png");
        if (isThere)
        {
            await File.WriteAllTextAsync(target, "old");
        }

        File.CreateSymbolicLink(At("inner"), target);
        File.CreateSymbolicLink(At("outer"), "inner");

        await DrawAsync(At("outer"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new FileInfo(At("outer")).LinkTarget, Is.EqualTo("inner"));
            Assert.That(IsImage(target), Is.True);
            Assert.That(_folder.GetFileSystemInfos(), Has.Length.EqualTo(3));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Pipe_with_a_name_stays_a_pipe_and_its_reader_gets_the_content(CancellationToken cancellationToken)
    {
        var path = At("pipe");
        using (var maker = Process.Start("mkfifo", [path]))
        {
            await maker.WaitForExitAsync(cancellationToken);
        }

        for (var time = 0; time < 2; time++)
        {
            using var reader = Process.Start(new ProcessStartInfo("cat", [path]) { RedirectStandardOutput = true })!;
            await DrawAsync(path);
            using var content = new MemoryStream();
            await reader.StandardOutput.BaseStream.CopyToAsync(content, cancellationToken);

            Assert.That(IsImage(content.ToArray()), Is.True);
        }
    }

    [Test]
    public async Task Device_stays_a_device()
    {
        File.CreateSymbolicLink(At("null"), "/dev/null");

        var result = await DrawAsync(At("null"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Success), result.Log);
            Assert.That(File.ReadAllBytes("/dev/null"), Is.Empty);
            Assert.That(new FileInfo(At("null")).LinkTarget, Is.EqualTo("/dev/null"));
        }
    }

    [Test]
    [Platform("Linux", Reason = "/dev/full")]
    public async Task Content_that_cannot_be_written_is_kept_and_told()
    {
        var result = await DrawAsync("/dev/full");

        var kept = result.LogLines[^1].Split(". Its content is in ")[1].TrimEnd('.');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(IsImage(kept), Is.True);
        }

        File.Delete(kept);
    }

    [Test]
    public async Task Refused_request_leaves_the_file_as_it_was()
    {
        var path = At("hello.wav");
        await File.WriteAllTextAsync(path, "old");

        var result = await new InProcessTool().RunAsync("speak", "hello", "-o", path, "--response-format", "mp3");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Failed));
            Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("old"));
            Assert.That(_folder.GetFiles(), Has.Length.EqualTo(1));
        }
    }

    [TestCase("y\n", true), TestCase("YES\n", true), TestCase("n\n", false), TestCase("\n", false), TestCase("", false)]
    public async Task Terminal_gets_what_is_no_text_only_when_it_is_wanted(string reply, bool isWritten)
    {
        var tool = InProcessTool.AtTerminal(reply);

        var result = await tool.RunAsync("image", "lamp", "-o", "-", "--width", "32", "--height", "32");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Log, Does.Contain("Write it to the terminal? [y/N]"));
            Assert.That(result.ExitCode, Is.EqualTo(isWritten ? ExitCodes.Success : ExitCodes.Usage));
            Assert.That(result.Output.Contains("PNG", StringComparison.Ordinal), Is.EqualTo(isWritten));
        }
    }

    [TestCase("-"), TestCase("/dev/stdout"), TestCase("/dev/fd/1")]
    public async Task Terminal_without_anybody_to_ask_gets_only_text(string place)
    {
        var tool = new InProcessTool { OutputIsTerminal = true };

        var result = await tool.RunAsync("speak", "hi", "-o", place);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Log, Does.Contain("Specify a file with -o"));
        }
    }

    private static Task<ToolResult> DrawAsync(string path)
        => new InProcessTool().RunAsync("image", "a lamp", "-o", path, "--width", "32", "--height", "32");

    private static bool IsImage(string path) => IsImage(File.ReadAllBytes(path));

    // From its first bytes to its last chunk.
    private static bool IsImage(byte[] bytes) => Encoding.Latin1.GetString(bytes) is var text && text[1..4] == "PNG" && text[^8..^4] == "IEND";

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
