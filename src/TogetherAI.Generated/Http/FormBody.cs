using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace TogetherAI;

/// <summary>
/// A request object as <c>multipart/form-data</c>: a part for each field that is set, in the document's order, and one
/// for each item of an array.
/// </summary>
internal sealed class FormBody : IRequestBody
{
    private readonly List<KeyValuePair<string, object>> _fields = [];
    private readonly List<UploadContent> _uploads = [];

    public FormBody(object request)
    {
        var contract = (JsonObjectContract)TogetherAIJson.Writer.ContractResolver.ResolveContract(request.GetType());
        foreach (var property in contract.Properties)
        {
            if (!property.Ignored && property.ValueProvider!.GetValue(request) is { } value)
            {
                Add(property.PropertyName!, value is IUpload or IEnumerable<IUpload> ? value : JToken.FromObject(value, TogetherAIJson.Writer));
            }
        }

        foreach (var extra in (request as IExtensible)?.Extra ?? new Dictionary<string, JToken>())
        {
            Add(extra.Key, extra.Value);
        }
    }

    public bool CanSendAgain => _fields.TrueForAll(static pair => pair.Value is not IUpload { Source.Obstacle: not null });

    public Exception? Failure => _uploads.Select(static upload => upload.Failure).FirstOrDefault(static failure => failure is not null);

    public HttpContent CreateContent()
    {
        _uploads.Clear();
        var boundary = Guid.NewGuid().ToString("N");
        var form = new MultipartContent("form-data", boundary);
        // RFC 2046, 5.1.1: this boundary needs no quotation marks, and some servers do not understand them.
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + boundary);
#if NET8_0_OR_GREATER
        // RFC 7578, 5.1: names of files are UTF-8.
        form.HeaderEncodingSelector = static (_, _) => Encoding.UTF8;
#endif
        foreach (var field in _fields)
        {
            form.Add(CreatePart(field.Key, field.Value));
        }

        return form;
    }

    private HttpContent CreatePart(string name, object value)
    {
        var disposition = $"form-data; name=\"{Quoted(name)}\"";
        HttpContent part;
        if (value is IUpload { Source: { } source })
        {
            var upload = new UploadContent(source);
            _uploads.Add(upload);
            part = upload;
            disposition += $"; filename=\"{Quoted(source.FileName)}\"";
        }
        else
        {
            part = new ByteArrayContent(Encoding.UTF8.GetBytes((value as IUpload)?.Address ?? (string)value));
        }

        part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        return part;
    }

    // As browsers do (WHATWG HTML 4.10.21.8).
    private static string Quoted(string text)
    {
        text = text.Replace("\r", "%0D").Replace("\n", "%0A").Replace("\"", "%22");
#if NET8_0_OR_GREATER
        return text;
#else
        // Headers are ASCII there.
        return string.Concat(text.Select(character => character < 128 ? character.ToString() : Uri.EscapeDataString(character.ToString())));
#endif
    }

    // What JSON writes as a string (a time and bytes are such) is sent as the text of it, and anything else as its JSON.
    private static string Text(JToken token)
    {
        if (token is JValue { Value: string text })
        {
            return text;
        }

        var json = token.ToString(Formatting.None);
        return token is JValue && TogetherAIJson.TryParse(json) is JValue { Value: string written } ? written : json;
    }

    private void Add(string name, object value)
    {
        switch (value)
        {
            case JArray items:
                foreach (var item in items)
                {
                    Add(name, item);
                }

                break;
            case IEnumerable<IUpload> uploads:
                _fields.AddRange(uploads.Where(static upload => upload is not null).Select(upload => new KeyValuePair<string, object>(name, upload)));
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
