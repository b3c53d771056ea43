using System.Collections;
using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Http;

/// <summary>One call of an operation: the arguments as the caller gave them. Generated code fills it.</summary>
internal sealed class ApiCall
{
    private readonly StringBuilder _query = new();
    private string _path;
    private object? _request;
    private string? _contentType;
    private FormEncoding? _form;
    private List<string>? _secrets;

    public ApiCall(ApiOperation operation, ICallHooks hooks, ICallOptions? options)
    {
        Operation = operation;
        Hooks = hooks;
        Options = options;
        _path = operation.Path;
        IsIdempotent = operation.IsIdempotent;
    }

    public ApiOperation Operation { get; }

    public ICallHooks Hooks { get; }

    public ICallOptions? Options { get; }

    /// <summary>Whether the address and the body are the caller's own.</summary>
    public bool IsRaw { get; private set; }

    /// <summary>Whether sending the request twice is no worse than sending it once.</summary>
    public bool IsIdempotent { get; private set; }

    /// <summary>The path with its parameters in place, and the query.</summary>
    public string RelativeUrl => _path + _query;

    /// <summary>What the operation's parameters add to the headers; null where they add none.</summary>
    public Dictionary<string, string>? Headers { get; private set; }

    /// <summary>What the request and the parameters have in places that the document marks as secret.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets ?? (IReadOnlyCollection<string>)[];

    /// <summary>Takes the request and checks it against the document's limits.</summary>
    /// <param name="request">An object, sent as JSON; with a content type that is no JSON a text or a stream, sent as it is.</param>
    /// <param name="contentType">The content type; null for JSON.</param>
    public ApiCall Body(object? request, string? contentType = null)
    {
        _contentType = contentType;
        _request = Held(request ?? throw new ArgumentNullException(nameof(request)));
        Validation.Value(_request, nameof(request));
        if (_request is not (string or Stream))
        {
            SecretFields.AddOf(_secrets ??= [], _request);
        }

        return this;
    }

    /// <summary>The same for a map, whatever its type is.</summary>
    public ApiCall Body<TValue>(IDictionary<string, TValue>? request, string? contentType = null)
        => Body(request is null or IDictionary ? request : (object)new Dictionary<string, TValue>(request), contentType);

    /// <summary>The same for a request that is sent as a form.</summary>
    public ApiCall Form(object? request, FormEncoding encoding = FormEncoding.Multipart)
    {
        _form = encoding;
        return Body(request);
    }

    /// <summary>Takes the address and the body as they are, instead of arguments.</summary>
    /// <param name="path">The path below the base address, and the query.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="isIdempotent">Whether sending the request twice is no worse than sending it once.</param>
    public ApiCall Raw(string path, IRequestBody? body, bool isIdempotent)
    {
        _path = path;
        _request = body;
        IsRaw = true;
        IsIdempotent = isIdempotent;
        return this;
    }

    /// <summary>Says that the request starts something where a boolean of it is set, which may also be an additional field.</summary>
    public void StartsIf(bool? value, string field)
        => IsIdempotent &= value != true && IsFalse((_request as IExtensible)?.Extra, field);

    /// <summary>Takes the object with the parameters of query and headers, and checks it against the document's limits.</summary>
    public ApiCall Parameters(object? parameters, string name, bool isRequired = false)
    {
        if (parameters is not null)
        {
            Validation.Value(parameters, name);
            SecretFields.AddOf(_secrets ??= [], parameters);
        }
        else if (isRequired)
        {
            throw new ArgumentNullException(name);
        }

        return this;
    }

    /// <summary>Appends the parameters that the document does not know; a list repeats one for each item.</summary>
    public ApiCall OtherParameters(IExtensible? parameters)
    {
        foreach (var parameter in parameters?.Extra ?? new Dictionary<string, JToken>())
        {
            Query(parameter.Key, parameter.Value is JArray items ? items.ToArray() : parameter.Value is null or { Type: JTokenType.Null } ? null : parameter.Value);
        }

        return this;
    }

    /// <summary>Keeps the value of a parameter out of exceptions.</summary>
    public void Secret(object? value) => SecretFields.Add(_secrets ??= [], value);

    /// <summary>Puts a parameter into the path, escaped so that it stays one segment.</summary>
    public ApiCall Path(string name, object? value, string? separator = null)
    {
        var text = Joined(value, separator);
        if (text is "" or "." or "..")
        {
            // RFC 3986, 5.2.4: what dots stand for in a path, however they are escaped, is another path.
            throw new ArgumentException($"{name} must not be {(text.Length == 0 ? "empty" : $"\"{text}\"")}: it is part of the URL.", name);
        }

        _path = _path.Replace("{" + name + "}", Uri.EscapeDataString(text));
        return this;
    }

    /// <summary>Appends a parameter; an unset one is left out, and a list repeats it for each item.</summary>
    public ApiCall Query(string name, object? value, string? separator = null)
    {
        if (separator is null && value is IEnumerable items and not string and not JToken)
        {
            foreach (var item in items)
            {
                Query(name, item);
            }
        }
        else if (value is not null && !OpenWords.IsEmpty(value))
        {
            _query.Append(_query.Length == 0 ? '?' : '&')
                .Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(Joined(value, separator)));
        }

        return this;
    }

    /// <summary>Sends a parameter as a header; an unset one is left out. The headers of the options win.</summary>
    public ApiCall Header(string name, object? value, string? separator = ",")
    {
        if (value is not null && !OpenWords.IsEmpty(value))
        {
            (Headers ??= new(StringComparer.OrdinalIgnoreCase))[name] = Joined(value, separator);
        }

        return this;
    }

    /// <summary>The JSON of a parameter's value; null where it is unset.</summary>
    public static string? JsonText(object? value)
        => value is null ? null : ApiJson.Text(value);

    /// <summary>What is sent; null where the operation has no body.</summary>
    public IRequestBody? CreateBody(bool streaming)
        => (Streamable is { } streamable ? streamable.ForWire(streaming) : _request) switch
        {
            null => null,
            IRequestBody body => body,
            { } form when _form is { } encoding => new FormBody(form, encoding),
            { } json when _contentType is null || MediaType.IsJson(_contentType) => new JsonBody(json, _contentType),
            string text => new TextBody(text, _contentType),
            Stream bytes => new StreamBody(bytes, _contentType),
            { } other => throw new InvalidOperationException($"A {other.GetType().Name} cannot be sent as {_contentType}."),
        };

    // What a server takes for true is its own matter; only what cannot be is none.
    private static bool IsFalse(IDictionary<string, JToken>? extra, string field)
        => extra is null || !extra.TryGetValue(field, out var value) || value is null or JValue { Value: null or false };

    // A union is sent as what it holds.
    private IStreamable? Streamable => _request as IStreamable ?? (_request as IUnion)?.Value as IStreamable;

    // A sequence may give its items only once, but they are read to be checked and to be sent.
    private static object Held(object request)
        => request is IEnumerable items and not (ICollection or string or JToken or IUnion or IExtensible) ? items.Cast<object?>().ToList() : request;

    private static string Joined(object? value, string? separator)
        => separator is not null && value is IEnumerable items and not string and not JToken
            ? string.Join(separator, items.Cast<object?>().Select(Text))
            : Text(value);

    private static string Text(object? value) => value switch
    {
        bool truth => truth ? "true" : "false",
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        JValue { Value: string text } => text,
        JToken json => json.ToString(Formatting.None),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
