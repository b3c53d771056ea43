namespace TogetherAI.Cli;

/// <summary>What the tool's exit code tells a script.</summary>
internal static class ExitCodes
{
    /// <summary>The response is complete, or nobody wants the rest of it (its pipe was closed).</summary>
    public const int Success = 0;

    /// <summary>The server refused the request, reported a failure, or sent what cannot be read.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the prompt is not usable; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>No connection, no response in time, or the connection broke.</summary>
    public const int NotConnected = 3;

    /// <summary>Stopped by Ctrl+C or SIGTERM.</summary>
    public const int Interrupted = 130;

    /// <summary>The same, for a person.</summary>
    public const string Help = """
        Exit codes:
          0    the answer is complete
          1    the server refused or failed, or its answer cannot be read
          2    the command line or the prompt is not usable
          3    no connection, no answer in time, or the connection broke
          130  stopped by Ctrl+C or SIGTERM
        """;
}
