using NUnit.Framework;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>How a command ended and all that it printed.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>How often the build ran NSwag.</summary>
    public int Generations => Count("Generating the client from ");

    public int Count(string text) => Output.Split(text).Length - 1;

    public CommandResult RequireSuccess()
    {
        Assert.That(ExitCode, Is.Zero, $"{Command}\n{Output}");
        return this;
    }
}
