using System.CommandLine;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Requests;

/// <summary>An option for every field of a request that a caller may set, so that the tool grows with the document.</summary>
internal sealed class RequestFields
{
    private readonly RequestField[] _fields;

    /// <param name="fields">The fields of the request.</param>
    /// <param name="arguments">Fields, by their names on the wire, that are arguments rather than options.</param>
    /// <param name="taken">Names of the tool's own options; a field of such a name gets <c>request-</c> in front.</param>
    public RequestFields(IEnumerable<FieldDefinition> fields, IReadOnlySet<string> arguments, IReadOnlySet<string> taken)
        => _fields = [.. fields.Where(field => !arguments.Contains(field.WireName)).Select(field => new RequestField(field, taken))];

    public IEnumerable<Option> Options => _fields.Select(each => each.Option);

    /// <summary>Gives a field a value for when the command line has none.</summary>
    public void Default(string wireName, string value)
    {
        var option = (Option<string>)_fields.Single(field => field.WireName == wireName).Option;
        option.DefaultValueFactory = _ => value;
    }

    /// <summary>Sets what the command line has.</summary>
    public async Task ApplyAsync(ParseResult command, object request, StandardInput input, CancellationToken cancellationToken)
    {
        foreach (var field in _fields)
        {
            await field.ApplyAsync(command, request, input, cancellationToken).ConfigureAwait(false);
        }
    }
}
