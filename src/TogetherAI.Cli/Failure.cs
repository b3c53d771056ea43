using TogetherAI.Cli.Output;

namespace TogetherAI.Cli;

/// <summary>Makes of an exception one readable line and an exit code.</summary>
internal static class Failure
{
    public static int Report(Exception exception, Terminal terminal, bool verbose, CancellationToken interrupted)
    {
        if (exception is OutputClosedException)
        {
            return ExitCodes.Success;
        }

        if (interrupted.IsCancellationRequested && exception is OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }

        terminal.Error(Line(exception));
        if (verbose)
        {
            terminal.Log.WriteLine(exception);
        }

        return ExitCode(exception);
    }

    private static int ExitCode(Exception exception) => exception switch
    {
        UsageException or ArgumentException or InvalidOperationException => ExitCodes.Usage,
        TogetherAIConnectionException or TogetherAITimeoutException => ExitCodes.NotConnected,
        TogetherAIStreamException { Failure: TogetherAIStreamFailure.ConnectionLost or TogetherAIStreamFailure.Incomplete } => ExitCodes.NotConnected,
        _ => ExitCodes.Failed,
    };

    private static string Line(Exception exception)
    {
        var message = exception.Message;
        if (exception is ArgumentException { ParamName: { } name })
        {
            // What .NET appends for programmers.
            message = message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);
        }

        // The names of options of the client, where the tool has one of its own.
        message = message.Replace("set AllowInsecureHttp", "use --allow-insecure-http", StringComparison.Ordinal);
        return string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
