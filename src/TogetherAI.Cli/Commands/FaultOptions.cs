using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Commands;

/// <summary>The options with which a server fails on purpose.</summary>
internal sealed class FaultOptions
{
    private readonly Option<string[]> _faults = new("--fault")
    {
        Description = $"A fault and its rate, the fraction of requests from 0 to 1: {string.Join(", ", TogetherAILocalServerFaultNames.All)}. "
            + $"Repeatable. A rate of 0 applies only to requests that name a fault in the header {TogetherAILocalServerFaultNames.Header}.",
        HelpName = "name=share",
    };

    private readonly Option<long> _seed = new("--fault-seed") { Description = "The random seed of the faults; the same seed produces the same faults.", HelpName = "integer" };

    public FaultOptions() => _faults.Validators.Add(Validate);

    public void AddTo(Command command)
    {
        command.Add(_faults);
        command.Add(_seed);
    }

    /// <summary>The faults that the command line asks for; null where it asks for none.</summary>
    public TogetherAILocalServerFaults? Read(ParseResult command)
    {
        if (command.GetValue(_faults) is not { Length: > 0 } texts)
        {
            return null;
        }

        var faults = new TogetherAILocalServerFaults { Seed = command.GetValue(_seed) };
        foreach (var (fault, rate) in texts.Select(Parse).OfType<(TogetherAILocalServerFault, double)>())
        {
            faults.Rates[fault] = rate;
        }

        return faults;
    }

    private static void Validate(OptionResult result)
    {
        var rates = new Dictionary<TogetherAILocalServerFault, double>();
        foreach (var token in result.Tokens)
        {
            if (Parse(token.Value) is not { } parsed)
            {
                result.AddError($"--fault {token.Value}: needs a fault and its share from 0 to 1, such as reset=0.1.");
                return;
            }

            rates[parsed.Fault] = parsed.Rate;
        }

        if (rates.Values.Sum() > 1 + 1e-9)
        {
            result.AddError("The shares of all --fault options add up to more than 1.");
        }
    }

    private static (TogetherAILocalServerFault Fault, double Rate)? Parse(string text)
    {
        var parts = text.Split('=', 2);
        return parts.Length == 2
            && TogetherAILocalServerFaultNames.TryParse(parts[0], out var fault)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            && rate is >= 0 and <= 1
                ? (fault, rate)
                : null;
    }
}
