using System.Globalization;
using Newtonsoft.Json;

namespace TogetherAI.Cli.Output;

/// <summary>Objects of the API as JSON, without the fields that the server did not send.</summary>
internal static class JsonText
{
    public static string Line(object value) => Write(value, Formatting.None);

    public static string Indented(object value) => Write(value, Formatting.Indented);

    private static string Write(object value, Formatting formatting)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var json = new JsonTextWriter(text);
        JsonSerializer.Create(new JsonSerializerSettings
        {
            NullValueHandling = NullValueHandling.Ignore,
            DateParseHandling = DateParseHandling.None,
            Formatting = formatting,
            Culture = CultureInfo.InvariantCulture,
        }).Serialize(json, value);
        return text.ToString();
    }
}
