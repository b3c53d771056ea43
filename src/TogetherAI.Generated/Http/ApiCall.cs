using System.Collections;
using System.Globalization;
using System.Text;
using Newtonsoft.Json.Serialization;

namespace TogetherAI;

/// <summary>One call of an operation: the arguments as the caller gave them. Generated code fills it.</summary>
internal sealed class ApiCall
{
    private readonly StringBuilder _query = new();
    private string _path;
    private object? _request;
    private bool _isForm;

    public ApiCall(ApiOperation operation, ICallHooks hooks, TogetherAIRequestOptions? options)
    {
        Operation = operation;
        Hooks = hooks;
        Options = options;
        _path = operation.Path;
    }

    public ApiOperation Operation { get; }

    public ICallHooks Hooks { get; }

    public TogetherAIRequestOptions? Options { get; }

    /// <summary>The path with its parameters in place, and the query.</summary>
    public string RelativeUrl => _path + _query;

    /// <summary>Takes the request object and checks it against the document's limits.</summary>
    public ApiCall Body(object? request)
    {
        _request = Held(request ?? throw new ArgumentNullException(nameof(request)));
        Validation.Value(_request, nameof(request));
        return this;
    }

    /// <summary>The same for a request that is sent as a form.</summary>
    public ApiCall Form(object? request)
    {
        _isForm = true;
        return Body(request);
    }

    /// <summary>Puts a parameter into the path, escaped so that it stays one segment.</summary>
    public ApiCall Path(string name, object? value)
    {
        var text = Text(value);
        if (text is "" or "." or "..")
        {
            // RFC 3986, 5.2.4: what dots stand for in a path, however they are escaped, is another path.
            throw new ArgumentException($"{name} must not be {(text.Length == 0 ? "empty" : $"\"{text}\"")}: it is part of the address.", name);
        }

        _path = _path.Replace("{" + name + "}", Uri.EscapeDataString(text));
        return this;
    }

    /// <summary>Appends a parameter; an unset one is left out, and a list repeats it for each item.</summary>
    public ApiCall Query(string name, object? value)
    {
        if (value is IEnumerable items and not string)
        {
            foreach (var item in items)
            {
                Query(name, item);
            }
        }
        else if (value is not null && !OpenWords.IsEmpty(value))
        {
            _query.Append(_query.Length == 0 ? '?' : '&')
                .Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(Text(value)));
        }

        return this;
    }

    /// <summary>What is sent; null where the operation has no body.</summary>
    public IRequestBody? CreateBody(bool streaming)
    {
        var request = _request is IStreamable streamable ? streamable.ForWire(streaming) : _request;
        return request is null ? null : _isForm ? new FormBody(request) : new JsonBody(request);
    }

    // A sequence may give its items only once, but they are read to be checked and to be sent.
    private static object Held(object request)
        => request is IEnumerable items and not ICollection
            && TogetherAIJson.Writer.ContractResolver.ResolveContract(request.GetType()) is JsonArrayContract { Converter: null }
                ? items.Cast<object?>().ToList()
                : request;

    private static string Text(object? value) => value switch
    {
        bool truth => truth ? "true" : "false",
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
