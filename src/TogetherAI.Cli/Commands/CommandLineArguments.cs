using System.CommandLine;
using System.CommandLine.Help;
using System.Text.RegularExpressions;

namespace TogetherAI.Cli.Commands;

/// <summary>
/// The command line by the rules of getopt_long, for a parser that has others: it takes <c>--stop:</c> for an option with a
/// value, <c>true</c> after <c>--json</c> for its value, <c>--</c> after <c>--stop</c> for the end of the options, and an
/// option that it does not know for text.
/// </summary>
internal sealed partial class CommandLineArguments
{
    private const string EndOfOptions = "--";

    private readonly List<string> _options = [];
    private readonly List<string> _texts = [];
    private readonly Command _root;
    private Command _scope;

    private CommandLineArguments(Command root)
    {
        _root = root;
        _scope = root;
    }

    /// <summary>The commands and options first, then the texts, which the parser cannot mistake for anything else.</summary>
    public IReadOnlyList<string> ForParser => _texts.Count == 0 ? _options : [.. _options, EndOfOptions, .. _texts];

    /// <summary>What is wrong with an option or a command that there is not; null where there are all.</summary>
    public string? Unknown { get; private set; }

    /// <summary>Whether the line has an option that shows the help.</summary>
    public bool AsksForHelp { get; private set; }

    public static CommandLineArguments Read(Command root, IReadOnlyList<string> args)
    {
        var arguments = new CommandLineArguments(root);
        for (var position = 0; position < args.Count; position++)
        {
            if (args[position] == EndOfOptions)
            {
                arguments._texts.AddRange(args.Skip(position + 1));
                break;
            }

            position += arguments.Add(args[position], position + 1 < args.Count ? args[position + 1] : null);
        }

        return arguments;
    }

    /// <returns>How many of the following arguments it took with it.</returns>
    private int Add(string argument, string? next)
    {
        if (Known(argument) is { } option)
        {
            return AddOption(option, argument, next);
        }

        if (argument is ['-', not '-', _, ..] && Known(argument[..2]) is { } withValue && TakesValue(withValue))
        {
            // -oFILE
            AddValue(argument[..2], argument[2..]);
        }
        else if (OptionLike().IsMatch(argument))
        {
            // What follows the equals sign may be a secret.
            Unknown ??= $"There is no option \"{argument.Split('=')[0]}\"."
                + (_scope.Arguments.Count > 0 ? " Write -- in front of a text that begins like an option." : "");
        }
        else if (_scope.Subcommands.Count > 0)
        {
            AddCommand(argument);
        }
        else
        {
            _texts.Add(argument);
        }

        return 0;
    }

    // The parser would take a word in brackets for a directive to itself, and go on as if it were not there.
    private void AddCommand(string name)
    {
        if (_scope.Subcommands.FirstOrDefault(command => command.Name == name) is { } command)
        {
            _options.Add(name);
            _scope = command;
        }
        else
        {
            Unknown ??= $"There is no command \"{(_scope == _root ? "" : _scope.Name + " ")}{name}\".";
        }
    }

    private int AddOption(Option option, string argument, string? next)
    {
        AsksForHelp |= option is HelpOption;
        if (argument.Split('=', 2) is [var name, var value])
        {
            AddValue(name, value);
            return 0;
        }

        if (next is not null && (TakesValue(option) || (option.ValueType == typeof(bool?) && bool.TryParse(next, out _))))
        {
            AddValue(argument, next);
            return 1;
        }

        _options.Add(argument);
        return 0;
    }

    // The parser takes what is joined as it is, unless it is empty, and what stands apart unless it begins like an option.
    private void AddValue(string name, string value) => _options.AddRange(value.StartsWith('-') ? [$"{name}={value}"] : [name, value]);

    private static bool TakesValue(Option option)
        => option.ValueType != typeof(bool) && option.ValueType != typeof(bool?) && option.Arity.MaximumNumberOfValues > 0;

    private Option? Known(string argument)
    {
        var name = argument.Split('=', 2)[0];
        var options = _scope == _root ? _root.Options : _scope.Options.Concat(_root.Options.Where(option => option.Recursive));
        return options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));
    }

    [GeneratedRegex(@"^--?[A-Za-z][\w-]*(=|\z)")]
    private static partial Regex OptionLike();
}
