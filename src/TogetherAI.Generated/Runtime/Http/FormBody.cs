using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;
#if !NET8_0_OR_GREATER
using Newtonsoft.Json.Serialization;
using TogetherAI.Runtime.Contracts;
#endif

namespace TogetherAI.Runtime.Http;

/// <summary>
/// A request object as a form: a part for each field that is set, in the document's order, and one for each item of an
/// array, whose name ends in <c>[]</c> where there are several.
/// </summary>
internal sealed class FormBody : IRequestBody
{
    private readonly List<KeyValuePair<string, object>> _fields = [];
    private readonly List<UploadContent> _uploads = [];
    private readonly FormEncoding _encoding;

    public FormBody(object request, FormEncoding encoding = FormEncoding.Multipart)
    {
        _encoding = encoding;
        foreach (var field in FieldsOf(request))
        {
            if (field.Value is { } value)
            {
                Add(field.Key, value is IUpload or IEnumerable<IUpload> or JToken ? value : ApiJson.ToToken(value));
            }
        }
    }

    public bool CanSendAgain => _fields.TrueForAll(static pair => pair.Value is not IUpload { Source.Obstacle: not null });

    public Exception? Failure => _uploads.Select(static upload => upload.Failure).FirstOrDefault(static failure => failure is not null);

    /// <summary>The fields that are no files.</summary>
    public IEnumerable<KeyValuePair<string, string>> Texts
        => _fields.Where(static pair => pair.Value is string).Select(static pair => new KeyValuePair<string, string>(pair.Key, (string)pair.Value));

    public HttpContent CreateContent()
    {
        if (_encoding == FormEncoding.UrlEncoded)
        {
            return new ByteArrayContent(Encoding.ASCII.GetBytes(UrlEncoded())) { Headers = { ContentType = new("application/x-www-form-urlencoded") } };
        }

        _uploads.Clear();
        var form = new FormContent();
        foreach (var field in _fields)
        {
            if (field.Value is IUpload { Source: { } source })
            {
                var upload = new UploadContent(source);
                _uploads.Add(upload);
                form.Add(field.Key, upload, source.FileName);
            }
            else
            {
                form.Add(field.Key, (field.Value as IUpload)?.Address ?? (string)field.Value);
            }
        }

        return form;
    }

#if NET8_0_OR_GREATER
    private static List<KeyValuePair<string, object?>> FieldsOf(object request) => Utf8Target.FieldsOf((IUtf8Writable)request);
#else
    private static IEnumerable<KeyValuePair<string, object?>> FieldsOf(object request)
    {
        var contract = (JsonObjectContract)NewtonsoftJson.Writer.ContractResolver.ResolveContract(request.GetType());
        foreach (var property in contract.Properties)
        {
            if (!property.Ignored && property.ValueProvider!.GetValue(request) is { } value && !OpenWords.IsEmpty(value))
            {
                yield return new(property.PropertyName!, value);
            }
        }

        foreach (var extra in (request as IExtensible)?.Extra ?? new Dictionary<string, JToken>())
        {
            yield return new(extra.Key, extra.Value);
        }
    }
#endif

    private static string TextOf(KeyValuePair<string, object> field)
        => field.Value is IUpload upload
            ? upload.Address ?? throw new ArgumentException($"{field.Key} is a file, which this form does not support.", field.Key)
            : (string)field.Value;

    // What JSON writes as a string (a time and bytes are such) is sent as the text of it, and anything else as its JSON.
    private static string Text(JToken token)
    {
        if (token is JValue { Value: string text })
        {
            return text;
        }

        var json = token.ToString(Formatting.None);
        return token is JValue && ApiJson.TryParse(json) is JValue { Value: string written } ? written : json;
    }

    // Together's own clients mark several values of one name as a list; one value is sent as if the field had only one.
    private static string ListName(string name, int count)
        => count > 1 && !name.EndsWith("[]", StringComparison.Ordinal) ? name + "[]" : name;

    private string UrlEncoded()
        => string.Join("&", _fields.Select(static field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(TextOf(field))}"));

    private void Add(string name, object value)
    {
        switch (value)
        {
            case JArray array:
                var items = array.Where(static item => item.Type != JTokenType.Null).ToList();
                items.ForEach(item => Add(ListName(name, items.Count), item));
                break;
            case IEnumerable<IUpload> list:
                var uploads = list.Where(static upload => upload is not null).ToList();
                uploads.ForEach(upload => Add(ListName(name, uploads.Count), upload));
                break;
            case JValue { Type: JTokenType.Null }:
                break;
            case JToken token:
                _fields.Add(new(name, Text(token)));
                break;
            default:
                _fields.Add(new(name, value));
                break;
        }
    }
}
