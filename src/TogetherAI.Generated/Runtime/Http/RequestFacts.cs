#if NET8_0_OR_GREATER
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TogetherAI.Runtime.Json;
using TogetherAI.Runtime.Telemetry;

namespace TogetherAI.Runtime.Http;

/// <summary>Reads from the body of a request, as it is sent, what telemetry tells of it: fields at its top level.</summary>
internal static class RequestFacts
{
    /// <summary>The attributes of a request; of a body that has no fields, none.</summary>
    public static List<KeyValuePair<string, object?>> Read(IRequestBody? body, IReadOnlyList<RequestAttribute> attributes)
    {
        var found = new List<KeyValuePair<string, object?>>();
        switch (body)
        {
            case JsonBody json:
                Read(json.Json, attributes, found);
                break;
            case BytesBody bytes when bytes.IsJson:
                Read(new ReadOnlySequence<byte>(bytes.Bytes), attributes, found);
                break;
            case FormBody form:
                foreach (var (name, text) in form.Texts)
                {
                    Add(found, attributes.FirstOrDefault(attribute => attribute.Field == name), text);
                }

                break;
        }

        return found;
    }

    private static void Read(ReadOnlySequence<byte> json, IReadOnlyList<RequestAttribute> attributes, List<KeyValuePair<string, object?>> found)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var attribute = Find(ref reader, attributes);
                reader.Read();
                if (attribute is not null && Value(ref reader, attribute.Kind) is { } value)
                {
                    found.Add(new(attribute.Name, value));
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // The caller's own bytes may be anything.
        }
    }

    private static RequestAttribute? Find(ref Utf8JsonReader reader, IReadOnlyList<RequestAttribute> attributes)
    {
        var name = reader.ValueIsEscaped ? JsonText.Decode(ref reader) : null;
        foreach (var attribute in attributes)
        {
            if (name is null ? reader.ValueTextEquals(attribute.Utf8Field) : name == attribute.Field)
            {
                return attribute;
            }
        }

        return null;
    }

    private static object? Value(ref Utf8JsonReader reader, RequestAttributeKind kind) => (kind, reader.TokenType) switch
    {
        (RequestAttributeKind.Text, JsonTokenType.String) => JsonText.Decode(ref reader),
        (RequestAttributeKind.Integer, JsonTokenType.Number) => reader.TryGetInt64(out var integer) ? integer : null,
        (RequestAttributeKind.Number, JsonTokenType.Number) => reader.TryGetDouble(out var number) ? number : null,
        (RequestAttributeKind.Texts, JsonTokenType.String) => new[] { JsonText.Decode(ref reader) },
        (RequestAttributeKind.Texts, JsonTokenType.StartArray) => Texts(reader),
        _ => null,
    };

    // With a copy of the reader, which stays where it is.
    private static string[]? Texts(Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(JsonText.Decode(ref reader));
        }

        return texts.Count > 0 ? [.. texts] : null;
    }

    private static void Add(List<KeyValuePair<string, object?>> found, RequestAttribute? attribute, string text)
    {
        object? value = attribute?.Kind switch
        {
            RequestAttributeKind.Text => text,
            RequestAttributeKind.Texts => new[] { text },
            RequestAttributeKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer : null,
            RequestAttributeKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ => null,
        };
        if (value is not null)
        {
            found.Add(new(attribute!.Name, value));
        }
    }
}
#endif
