using TogetherAI.Cli;
using TogetherAI.Cli.Output;

using var terminal = new Terminal(StandardStreams.Open());
using var interruption = Interruption.OfSignals();
return await Tool.RunAsync(args, terminal, interruption);
