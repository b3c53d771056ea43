using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TogetherAI.Cli.Commands;

/// <summary>The usual help, and what the exit codes mean.</summary>
internal sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(ExitCodes.Help);
        return code;
    }
}
