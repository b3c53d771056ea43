using System.Runtime.InteropServices;

namespace TogetherAI.Cli.Output;

/// <summary>The three streams of the process, and which of them are a terminal.</summary>
/// <param name="Input">Standard input; null where it is closed.</param>
/// <param name="Output">Standard output; null where it is closed.</param>
/// <param name="Log">Standard error; null where it is closed.</param>
internal sealed record StandardStreams(Stream? Input, Stream? Output, Stream? Log)
{
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool LogIsTerminal { get; init; }

    /// <summary>Columns of the terminal; null takes those that it has.</summary>
    public int? Width { get; init; }

    /// <summary>Those of this process.</summary>
    public static StandardStreams Open()
    {
        var (input, output, log) = (IsInherited(0), IsInherited(1), IsInherited(2));
        return new StandardStreams(
            input ? Console.OpenStandardInput() : null,
            output ? StandardOutput.Open() : null,
            log ? Console.OpenStandardError() : null)
        {
            InputIsTerminal = input && !Console.IsInputRedirected,
            OutputIsTerminal = output && !Console.IsOutputRedirected,
            LogIsTerminal = log && !Console.IsErrorRedirected,
        };
    }

    // The number of a stream that was closed goes to the next file that is opened, and writing there would destroy it. The
    // runtime opens its own files so that no other program inherits them: one that was inherited has no such mark.
    private static bool IsInherited(int descriptor)
        => OperatingSystem.IsWindows() || Control(descriptor, GetDescriptorFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Control(int descriptor, int command);
}
