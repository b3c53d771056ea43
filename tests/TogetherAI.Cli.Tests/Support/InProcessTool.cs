using System.Text;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Tests.Support;

/// <summary>The tool inside the test's own process, with streams that are said to be pipes or a terminal.</summary>
internal sealed class InProcessTool
{
    private readonly CapturedStream _output = new();
    private readonly CapturedStream _log = new();

    // Whatever the environment says, a test asks no real service.
    static InProcessTool()
    {
        Environment.SetEnvironmentVariable("TOGETHER_API_KEY", null);
        Environment.SetEnvironmentVariable("TOGETHER_BASE_URL", null);
    }

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool LogIsTerminal { get; init; }

    public int? Width { get; init; }

    /// <summary>Standard input.</summary>
    public string Input { get; init; } = "";

    public Interruption Interruption { get; } = new();

    public string Output => _output.Text;

    public static InProcessTool AtTerminal(string input = "")
        => new() { InputIsTerminal = true, OutputIsTerminal = true, LogIsTerminal = true, Input = input };

    /// <summary>Runs the tool to its end, with pipes and an empty input.</summary>
    public static Task<ToolResult> RunAsync(CancellationToken cancellationToken, params string[] arguments)
        => new InProcessTool().RunAsync(arguments).WaitAsync(cancellationToken);

    public async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var terminal = new Terminal(new StandardStreams(new MemoryStream(Encoding.UTF8.GetBytes(Input)), _output, _log)
        {
            InputIsTerminal = InputIsTerminal,
            OutputIsTerminal = OutputIsTerminal,
            LogIsTerminal = LogIsTerminal,
            Width = Width,
        });
        var code = await Cli.Tool.RunAsync(arguments, terminal, Interruption);
        return new ToolResult(code, _output.Text, _log.Text);
    }

    private sealed class CapturedStream : MemoryStream
    {
        private readonly Lock _gate = new();

        public string Text
        {
            get
            {
                lock (_gate)
                {
                    return Encoding.UTF8.GetString(ToArray());
                }
            }
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            lock (_gate)
            {
                base.Write(buffer, offset, count);
            }
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lock (_gate)
            {
                base.Write(buffer);
            }
        }
    }
}
