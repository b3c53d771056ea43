#if NET8_0_OR_GREATER
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads objects that are out of the ordinary, field by field: names in other case, values of another kind than the document
/// says. The results are those of Newtonsoft.Json with <see cref="LenientObjectConverter"/>.
/// </summary>
internal static class Utf8Object
{
    /// <summary>Reads the fields of the object that a tolerant source stands on.</summary>
    /// <exception cref="JsonSerializationException">A field cannot be read, or a required one is missing.</exception>
    public static T ReadTolerantly<T>(ref Utf8Source source, T result)
        where T : class, IUtf8Object
    {
        if (source.IsDescribing)
        {
            return result;
        }

        var names = result.FieldNames;
        var isGiven = new bool[names.Length];
        for (source.Read(); source.TokenType == JsonTokenType.PropertyName; source.Read())
        {
            var field = source.FindInAnyCase(names);
            if (field < 0)
            {
                KeepUnknown(ref source, result as IExtensible);
            }
            else
            {
                isGiven[field] = ReadField(ref source, result, field);
            }
        }

        for (var field = 0; field < names.Length; field++)
        {
            if (!isGiven[field] && result.FieldRules[field].HasFlag(FieldRule.Required))
            {
                throw new JsonSerializationException($"Required property '{ApiJson.Decode(names[field])}' not found in JSON, or null. Path '{source.Path}'.");
            }
        }

        return result;
    }

    /// <summary>The position of a field by its name in any case, the exact one before others; negative where there is none.</summary>
    public static int Find(byte[][] names, string name)
    {
        var found = -1;
        for (var field = 0; field < names.Length; field++)
        {
            var known = ApiJson.Decode(names[field]);
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                return field;
            }

            found = found < 0 && string.Equals(known, name, StringComparison.OrdinalIgnoreCase) ? field : found;
        }

        return found;
    }

    // Whether there is a value.
    private static bool ReadField(ref Utf8Source source, IUtf8Object result, int field)
    {
        var name = ApiJson.Decode(result.FieldNames[field]);
        var rule = result.FieldRules[field];
        var extensible = source.IsLenient ? result as IExtensible : null;
        // Of a name that comes twice, the last one counts.
        extensible?.Extra?.Remove(name);
        var given = source;
        source.Read();
        var isGiven = source.IsGiven(rule);
        var start = source;
        var depth = source.Path!.Depth;
        source.Path.Push(name);
        try
        {
            var offered = source.Offer(field);
            result.ReadFields(ref source);
            source.EndOffer(offered);
        }
        catch (Newtonsoft.Json.JsonException) when (extensible is not null && !rule.HasFlag(FieldRule.Required) && !rule.HasFlag(FieldRule.Fail))
        {
            source = start;
            if (!TryReplace(result, extensible, field, ApiJson.ReadToken(source.Skip(), source.Budget)!))
            {
                throw;
            }

            isGiven = false;
        }
        catch (Newtonsoft.Json.JsonException) when (extensible is not null && IsRepeated(given))
        {
            source = start;
            source.Skip();
            isGiven = false;
        }
        finally
        {
            source.Path!.LeaveTo(depth);
        }

        return isGiven;
    }

    // Whether the name that a source stands on comes again in the same object.
    private static bool IsRepeated(Utf8Source source)
    {
        var name = source.ReadText();
        source.Read();
        source.Skip();
        for (source.Read(); source.TokenType == JsonTokenType.PropertyName; source.Read())
        {
            if (source.ReadText() == name)
            {
                return true;
            }

            source.Read();
            source.Skip();
        }

        return false;
    }

    private static bool TryReplace(IUtf8Object result, IExtensible extensible, int field, JToken json)
    {
        var rule = result.FieldRules[field];
        if (rule.HasFlag(FieldRule.JsonText))
        {
            Set(result, field, ApiJson.Text(json));
            return true;
        }

        var isText = MismatchedText.IsText(json);
        if (rule.HasFlag(FieldRule.TextParts) && !isText)
        {
            return false;
        }

        Set(result, field, rule.HasFlag(FieldRule.TextParts) ? MismatchedText.Of((JArray)json) : null);
        extensible.Keep(ApiJson.Decode(result.FieldNames[field]), json);
        return true;
    }

    private static void Set(IUtf8Object result, int field, string? text)
    {
        using var json = ApiJson.Serialize(text is null ? JValue.CreateNull() : new JValue(text));
        var source = Utf8Source.Tolerant(json.ToArray());
        source.Offer(field);
        result.ReadFields(ref source);
    }

    private static void KeepUnknown(ref Utf8Source source, IExtensible? extensible)
    {
        var name = source.ReadText();
        source.Read();
        if (extensible is null)
        {
            source.Skip();
        }
        else
        {
            extensible.Keep(name, Utf8Primitives.ReadFreeForm(ref source) ?? JValue.CreateNull());
        }
    }
}
#endif
