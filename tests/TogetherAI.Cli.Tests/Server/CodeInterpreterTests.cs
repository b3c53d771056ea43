using Microsoft.Extensions.Time.Testing;
using TogetherAI.Cli.Tests.Support;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>The code interpreter of the local server, which evaluates a small part of Python and executes nothing.</summary>
public sealed class CodeInterpreterTests
{
    private TimedServer _server = null!;

    private FakeTimeProvider Time => _server.Time;

    private TogetherAIClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start() => _server = await TimedServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("print(2+2)", "4\n")]
    [TestCase("print(7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 / 2, 2 ** 10, 2 ** -1)", "3 -4 1 2 3.5 1024 0.5\n")]
    [TestCase("print(2 ** 100)", "1267650600228229401496703205376\n")]
    [TestCase("print(-2 ** 2, (1 + 2) * 3, 2 ** 3 ** 2)", "-4 9 512\n")]
    [TestCase("print(0.1 + 0.2, 1e16, 1e15, 0.0001, 1e-05, 1.5e300, -0.0, 100.0)", "0.30000000000000004 1e+16 1000000000000000.0 0.0001 1e-05 1.5e+300 -0.0 100.0\n")]
    [TestCase("x = 3\nx += 4  # a comment\nprint('x is', x); print(x > 6 and x <= 7)", "x is 7\nTrue\n")]
    [TestCase("print('a' + \"b\" * 3, 'a' in 'cat', not 'x', sep='|', end='!')", "abbb|True|False!")]
    [TestCase("print([1, 'two', 3.0, None, [True]], len([1, 2]), [1, 2][-1], 'héllo'[1])", "[1, 'two', 3.0, None, [True]] 2 2 é\n")]
    [TestCase("print(max(3, 9, 2), min([4, 1]), sum([1, 2.5]), abs(-3), round(2.5), round(2.567, 2), sorted([3, 1, 2]))", "9 1 3.5 3 2 2.57 [1, 2, 3]\n")]
    [TestCase("print(' a,b '.strip().upper().split(','), '-'.join(['x', 'y']), 'aXa'.replace('X', 'b'))", "['A', 'B'] x-y aba\n")]
    [TestCase("print(int('42') + int(3.9), float('1.5'), str(1) + 'a', repr('it\\'s'))", "45 1.5 1a \"it's\"\n")]
    [TestCase("print('yes' if 1 < 2 < 3 else 'no', 1 == 1.0, True + 1, 0 or 'b', 1 and 0)", "yes True 2 b 0\n")]
    [TestCase("print(\n  1,\n  2\n)\n\n  # indented comment\nprint('''a\nb''')", "1 2\na\nb\n")]
    [CancelAfter(30_000)]
    public async Task Code_prints_what_Python_prints(string code, string output, CancellationToken cancellationToken)
    {
        var response = await RunAsync(code, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Data!.StandardOutput, Is.EqualTo(output));
            Assert.That((response.Data.Status, response.Data.ExceptionText), Is.EqualTo(("success", (string?)null)));
        }
    }

    [TestCase("print('before')\nprint(1 / 0)", "before\n", "ZeroDivisionError: division by zero")]
    [TestCase("print(nothing)", "", "NameError: name 'nothing' is not defined")]
    [TestCase("'a' + 1", "", "TypeError: unsupported operand type(s) for +: 'str' and 'int'")]
    [TestCase("int('a')", "", "ValueError: invalid literal for int() with base 10: 'a'")]
    [TestCase("[1][1]", "", "IndexError: list index out of range")]
    [TestCase("open('missing')", "", "FileNotFoundError: [Errno 2] No such file or directory: 'missing'")]
    [TestCase("2 ** 1000000000", "", "MemoryError: the value is too large for this local server")]
    [TestCase("x = 'a' * 1000000 * 1000", "", "MemoryError: the value is too large for this local server")]
    [CancelAfter(30_000)]
    public async Task Exception_of_the_code_is_an_output(string code, string output, string exception, CancellationToken cancellationToken)
    {
        var response = await RunAsync(code, cancellationToken: cancellationToken);

        Assert.That((response.Data!.StandardOutput, response.Data.ExceptionText), Is.EqualTo((output, exception)));
    }

    [TestCase("print('never')\nimport os", "Line 2: 'import' is not supported.")]
    [TestCase("for i in [1]:\n  print(i)", "Line 1: 'for' is not supported.")]
    [TestCase("x = 1\n  y = 2", "Line 2: an indented block is not supported here.")]
    [TestCase("eval('1')", "Line 1: the function 'eval' is not supported.")]
    [TestCase("''.__class__", "Line 1: the attribute '__class__' is not supported.")]
    [TestCase("print('open", "Line 1: a string does not end.")]
    [TestCase("x + x = 3", "Line 1: only a variable can be assigned.")]
    [TestCase("True = 3", "Line 1: only a variable can be assigned.")]
    [TestCase("1 +", "Line 1: the end of the line is not supported here.")]
    [TestCase("print(f'{1}')", "Line 1: strings with the prefix 'f' are not supported.")]
    [TestCase("`ls`", "Line 1: '`' is not supported.")]
    [CancelAfter(30_000)]
    public void Code_that_cannot_be_run_is_a_failure(string code, string reason, CancellationToken cancellationToken)
        => Assert.That(
            async () => await RunAsync(code, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIServerException>().With.Message.EndsWith(reason));

    [Test, CancelAfter(30_000)]
    public void Deep_and_long_code_is_bounded([Values("(", "-", "not ", "[")] string opening, CancellationToken cancellationToken)
    {
        var code = string.Concat(Enumerable.Repeat(opening, 90_000 / opening.Length)) + "1";

        Assert.That(async () => await RunAsync(code, cancellationToken: cancellationToken), Throws.TypeOf<TogetherAIServerException>().With.Message.Contains("nested too deeply"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Long_code_without_depth_runs(CancellationToken cancellationToken)
    {
        var response = await RunAsync(string.Join('+', Enumerable.Repeat("1", 40_000)), cancellationToken: cancellationToken);

        Assert.That(response.Data!.Outputs.Single().Text, Is.EqualTo("40000"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Session_keeps_variables_and_files(CancellationToken cancellationToken)
    {
        var first = await RunAsync("x = open('a.txt').read()", files: [new CodeInterpreterFile("a.txt", CodeInterpreterEncoding.Base64, "aGk=")], cancellationToken: cancellationToken);
        var second = await RunAsync("print(x, open('a.txt').read())\nx", first.Data!.SessionId, cancellationToken: cancellationToken);
        var sessions = await Client.CodeInterpreter.ListSessionsAsync(cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Data.Outputs, Is.Empty);
            Assert.That(second.Data!.Outputs.Select(output => (output.Type, output.Text)), Is.EqualTo(new[]
            {
                (CodeInterpreterOutputType.StandardOutput, "hi hi\n"), (CodeInterpreterOutputType.ExecuteResult, "'hi'"),
            }));
            Assert.That(sessions.Data!.Sessions.Single(session => session.Id == first.Data.SessionId).RunCount, Is.EqualTo(2));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Session_expires(CancellationToken cancellationToken)
    {
        var first = await RunAsync("x = 1", cancellationToken: cancellationToken);
        Time.Advance(TimeSpan.FromHours(1));

        var sessions = await Client.CodeInterpreter.ListSessionsAsync(cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sessions.Data!.Sessions.Select(session => session.Id), Has.None.EqualTo(first.Data!.SessionId));
            Assert.That(
                async () => await RunAsync("x", first.Data!.SessionId, cancellationToken: cancellationToken),
                Throws.TypeOf<TogetherAIServerException>().With.Message.Contains("has expired"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Tool_prints_output_results_and_exceptions(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("together-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.txt");
            await File.WriteAllTextAsync(path, "content", cancellationToken);
            string[] connection = ["--api-url", _server.Server.Url.AbsoluteUri];

            var printed = await InProcessTool.RunAsync(cancellationToken, ["code", "print(2+2)", .. connection]);
            var result = await InProcessTool.RunAsync(cancellationToken, ["code", "print(1, end='')\nopen('a.txt').read()", "--file", path, .. connection]);
            var raised = await InProcessTool.RunAsync(cancellationToken, ["code", "print('a')\n1/0", .. connection]);
            var refused = await InProcessTool.RunAsync(cancellationToken, ["code", "import os", .. connection]);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(printed, Is.EqualTo(new ToolResult(ExitCodes.Success, "4\n", "")));
                Assert.That(result, Is.EqualTo(new ToolResult(ExitCodes.Success, "1\n'content'\n", "")));
                Assert.That(raised, Is.EqualTo(new ToolResult(ExitCodes.Failed, "a\n", "together: The code raised an exception: ZeroDivisionError: division by zero\n")));
                Assert.That((refused.ExitCode, refused.Output), Is.EqualTo((ExitCodes.Failed, "")));
                Assert.That(refused.Log, Does.Contain("'import' is not supported."));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<CodeInterpreterResponse> RunAsync(string code, string? session = null, IList<CodeInterpreterFile>? files = null, CancellationToken cancellationToken = default)
        => Client.CodeInterpreter.RunAsync(new CodeInterpreterRequest(CodeInterpreterLanguage.Python, code) { SessionId = session, Files = files }, cancellationToken: cancellationToken);
}
