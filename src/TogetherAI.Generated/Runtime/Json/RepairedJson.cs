#if NET8_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads what is not quite JSON (comments, other quotation marks, NaN), but what Newtonsoft.Json understands: by way of the JSON that
/// it would be.
/// </summary>
internal static class RepairedJson
{
    /// <exception cref="JsonException">The text is not JSON even so, or not a <typeparamref name="T"/>.</exception>
    public static T? Read<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> utf8, JsonBudget? budget)
    {
        try
        {
            // Numbers stay as they are written.
            if (NonFiniteNumbers.Quote(utf8) is { } quoted)
            {
                return Utf8Source.ReadTolerantly<T>(quoted, budget);
            }
        }
        catch (System.Text.Json.JsonException)
        {
            budget?.Restart();
        }

        if (Write(utf8, budget) is not { } repaired)
        {
            return default(T) is null ? default : throw new JsonSerializationException("The text is empty or null.");
        }

        try
        {
            budget?.Restart();
            return Utf8Source.ReadTolerantly<T>(repaired, budget);
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new JsonReaderException(exception.Message, exception);
        }
    }

    // Null where the text has no value.
    private static byte[]? Write(ReadOnlySpan<byte> utf8, JsonBudget? budget)
    {
        using var text = PooledTextReader.Decode(utf8);
        using var reader = ApiJson.CreateReader(text, budget);
        var json = new StringBuilder();
        using var writer = new JsonTextWriter(new StringWriter(json)) { StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonToken.Comment:
                    break;
                default:
                    writer.WriteToken(reader, writeChildren: false);
                    break;
            }
        }

        if (writer.WriteState != WriteState.Start)
        {
            throw new JsonReaderException($"Unexpected end of the JSON text. Path '{writer.Path}'.");
        }

        writer.Flush();
        return json.Length == 0 ? null : Encoding.UTF8.GetBytes(json.ToString());
    }
}
#endif
