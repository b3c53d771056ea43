using System.Text;
using Newtonsoft.Json;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>A type of the document with the ways in which it is read and written.</summary>
internal abstract class JsonType
{
    private static readonly JsonSerializerSettings TextsAreTexts = new() { DateParseHandling = DateParseHandling.None, MetadataPropertyHandling = MetadataPropertyHandling.Ignore };

    public abstract Type Type { get; }

    /// <summary>Reads by the generated reader; null where the JSON is no such value.</summary>
    public abstract object? Read(ReadOnlySpan<byte> json);

    /// <summary>The same by the serializer of Newtonsoft.Json.</summary>
    public abstract object? ReadByOracle(ReadOnlySpan<byte> json);

    /// <summary>Whether the JSON is such a value without anything unusual.</summary>
    public abstract bool IsUsual(ReadOnlySpan<byte> json);

    /// <summary>Writes by the generated writer; null where the value cannot be JSON.</summary>
    public static string? Write(object value)
    {
        try
        {
            using var json = ApiJson.Serialize(value);
            return Encoding.UTF8.GetString(json.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same by the serializer of Newtonsoft.Json.</summary>
    public static string? WriteByOracle(object value)
    {
        try
        {
            using var json = new MemoryStream();
            NewtonsoftJson.WriteSlowly(value, json);
            return Encoding.UTF8.GetString(json.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes by the converter for System.Text.Json.</summary>
    public string WriteBySystemTextJson(object value) => System.Text.Json.JsonSerializer.Serialize(value, Type);

    /// <summary>Reads by the converter for System.Text.Json.</summary>
    public object? ReadBySystemTextJson(string json) => System.Text.Json.JsonSerializer.Deserialize(json, Type);

    /// <summary>Writes by the attributes and converters for Newtonsoft.Json.</summary>
    public static string WriteByJsonConvert(object value) => JsonConvert.SerializeObject(value);

    /// <summary>Reads by the attributes and converters for Newtonsoft.Json.</summary>
    public object? ReadByJsonConvert(string json) => JsonConvert.DeserializeObject(json, Type, TextsAreTexts);
}

/// <summary>The same with its type.</summary>
internal sealed class JsonType<T> : JsonType
    where T : class
{
    public override Type Type => typeof(T);

    public override object? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ApiJson.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override bool IsUsual(ReadOnlySpan<byte> json) => ApiJson.TryReadFast<T>(json, budget: null, out _);

    public override object? ReadByOracle(ReadOnlySpan<byte> json)
    {
        try
        {
            return NewtonsoftJson.DeserializeOrNull<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
