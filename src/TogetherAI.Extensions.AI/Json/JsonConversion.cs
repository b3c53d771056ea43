using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace TogetherAI.Extensions.AI.Json;

/// <summary>Converts between the JSON of the client, which is Newtonsoft's, and that of Microsoft.Extensions.AI.</summary>
internal static class JsonConversion
{
    // The same without indentation, which would only cost tokens.
    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>Returns the type information with which Microsoft.Extensions.AI serializes a type, without reflection if possible.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    public static JToken ToToken(JsonElement element) => Parse(element.GetRawText());

    /// <summary>Converts a value of additional properties.</summary>
    /// <param name="value">A JSON value, or any object that can be serialized.</param>
    /// <param name="path">The place of the value, for the message.</param>
    /// <exception cref="ArgumentException">It cannot be serialized.</exception>
    public static JToken ToToken(object? value, string path)
    {
        if (TryToToken(value, out var token))
        {
            return token;
        }

        try
        {
            return ToToken(JsonSerializer.SerializeToElement(value, Options.GetTypeInfo(value!.GetType())));
        }
        catch (Exception exception) when (exception is NotSupportedException or System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"{path} is a {value!.GetType().FullName}, which cannot be converted to JSON. Set it to a JsonElement.", exception);
        }
    }

    /// <summary>Converts a value that is JSON by its type: null, a string, a Boolean, a number, an element, a node or a token.</summary>
    /// <returns>False for an object of another type.</returns>
    public static bool TryToToken(object? value, out JToken token)
    {
        token = value switch
        {
            null => JValue.CreateNull(),
            JToken json => json.DeepClone(),
            JsonElement { ValueKind: JsonValueKind.Undefined } => JValue.CreateNull(),
            JsonElement element => ToToken(element),
            JsonNode node => Parse(node.ToJsonString()),
            string text => new JValue(text),
            bool isTrue => new JValue(isTrue),
            int or long or short or byte or sbyte or ushort or uint => new JValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            ulong number => new JValue(number),
            double number => new JValue(number),
            float number => new JValue(ToDouble(number)),
            decimal number => new JValue(number),
            _ => null!,
        };
        return token is not null;
    }

    public static JsonElement ToElement(JToken token)
    {
        using var document = JsonDocument.Parse(token.ToString(Formatting.None));
        return document.RootElement.Clone();
    }

    /// <summary>Converts JSON to the simplest .NET value: a string, a Boolean or a number; otherwise an element.</summary>
    public static object? ToValue(JToken? token) => token switch
    {
        null or JValue { Value: null } => null,
        JValue { Value: string or bool or long or double } value => value.Value,
        _ => ToElement(token),
    };

    /// <summary>Returns the number with the decimal digits that a <see cref="float"/> shows: 0.7, and not 0.699999988079071.</summary>
    public static double ToDouble(float number) => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { WriteIndented = false };
        options.MakeReadOnly();
        return options;
    }

    private static JToken Parse(string json)
    {
        // Texts that look like dates stay as they are.
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        return JToken.Load(reader);
    }
}
