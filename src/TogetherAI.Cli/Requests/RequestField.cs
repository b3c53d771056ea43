using System.CommandLine;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Requests;

/// <summary>One field of a request and the option that sets it.</summary>
internal sealed class RequestField
{
    private readonly FieldDefinition _field;
    private readonly FieldReader _read;

    public RequestField(FieldDefinition field, IReadOnlySet<string> taken)
    {
        _field = field;
        var name = "--" + field.WireName.Replace('_', '-');
        (Option, _read) = field.Type.Create(taken.Contains(name) ? "--request-" + name[2..] : name);
        Option.Description = $"{field.Description} {Option.Description}".Trim();
    }

    /// <summary>Name on the wire.</summary>
    public string WireName => _field.WireName;

    public Option Option { get; }

    /// <summary>Sets the field if the command line has its option, or the option a default.</summary>
    public async Task ApplyAsync(ParseResult command, object request, StandardInput input, CancellationToken cancellationToken)
    {
        if (command.GetResult(Option) is not null)
        {
            _field.Set(request, await _read(command, input, cancellationToken).ConfigureAwait(false));
        }
    }
}
