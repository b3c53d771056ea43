namespace TogetherAI.Cli.Tests.Support;

internal sealed record ToolResult(int ExitCode, string Output, string Log)
{
    public string[] LogLines => Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
