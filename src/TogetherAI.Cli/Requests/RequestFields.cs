using System.CommandLine;
using System.Reflection;
using Newtonsoft.Json;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Requests;

/// <summary>An option for every field of a request that a caller may set, so that the tool grows with the document.</summary>
internal sealed class RequestFields
{
    private readonly RequestField[] _fields;

    /// <param name="request">The generated type of the request.</param>
    /// <param name="arguments">Fields, by their names on the wire, that are arguments rather than options.</param>
    /// <param name="taken">Names of the tool's own options; a field of such a name gets <c>request-</c> in front.</param>
    public RequestFields(Type request, IReadOnlySet<string> arguments, IReadOnlySet<string> taken)
    {
        _fields =
        [
            .. from property in request.GetProperties()
               where property.SetMethod is { IsPublic: true }
               let name = property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName
               where name is not null && !arguments.Contains(name)
               select new RequestField(property, name, taken),
        ];
    }

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
