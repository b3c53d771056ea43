using System.Text.Json;
using System.Diagnostics.CodeAnalysis;
#if NET8_0_OR_GREATER
using TogetherAI.Runtime.Contracts;
#else
using Newtonsoft.Json.Serialization;
#endif

namespace TogetherAI.Runtime.Json;

/// <summary>What a large JSON text has at its top level, found without keeping anything of it.</summary>
internal readonly ref struct JsonOutline
{
    // Of names; no field of a document has a longer one.
    private const int MaxNameBytes = 256;

    private JsonOutline(string? obstacle, ReadOnlySpan<byte> error)
    {
        Obstacle = obstacle;
        Error = error;
    }

    /// <summary>Why the text cannot be of the type, as far as its top level shows; null where nothing speaks against it.</summary>
    public string? Obstacle { get; }

    /// <summary>The value of its field "error", unless the type has that for something else than failures; empty where there is none.</summary>
    public ReadOnlySpan<byte> Error { get; }

    /// <summary>Looks through a text.</summary>
    /// <typeparam name="T">What it should be.</typeparam>
    /// <param name="utf8">The text.</param>
    /// <param name="hasErrors">Whether "error" always says that the call failed, also where the type has that field.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public static JsonOutline Of<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>(ReadOnlySpan<byte> utf8, bool hasErrors, CancellationToken cancellationToken)
    {
        if (FieldsOf<T>() is not { } fields)
        {
            return default;
        }

        try
        {
            return Of(utf8, fields, hasErrors, cancellationToken);
        }
        catch (JsonException)
        {
            // Newtonsoft.Json also reads what is not quite JSON.
            return default;
        }
    }

    private static JsonOutline Of(ReadOnlySpan<byte> utf8, List<(string Name, bool IsRequired)> fields, bool hasErrors, CancellationToken cancellationToken)
    {
        const string CutOff = "The text ends before its end.";
        var reader = new Utf8JsonReader(utf8, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth }));
        if (!reader.Read())
        {
            return new JsonOutline(CutOff, default);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return new JsonOutline("The value is not an object.", default);
        }

        var missing = new HashSet<string>(
            fields.Where(static field => field.IsRequired).Select(static field => field.Name),
            StringComparer.OrdinalIgnoreCase);
        var isErrorKnown = !hasErrors && fields.Exists(static field => IsError(field.Name));
        ReadOnlySpan<byte> error = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = reader.ValueSpan.Length <= MaxNameBytes ? reader.GetString()! : "";
            var start = (int)reader.BytesConsumed;
            var isWhole = reader.Read() && reader.TrySkip();
            if (IsError(name) && !isErrorKnown)
            {
                error = isWhole ? utf8.Slice(start, (int)reader.BytesConsumed - start) : utf8.Slice(start);
            }

            if (!isWhole)
            {
                return new JsonOutline(CutOff, error);
            }

            missing.Remove(name);
        }

        var obstacle = reader.TokenType != JsonTokenType.EndObject ? CutOff
            : missing.Count > 0 ? $"Required property '{missing.First()}' not found in JSON."
            : null;
        return new JsonOutline(obstacle, error);
    }

    // Null where it is none of an object.
#if NET8_0_OR_GREATER
    private static List<(string Name, bool IsRequired)>? FieldsOf<[DynamicallyAccessedMembers(ReadableTypes.Members)] T>()
        => Utf8Source.Describe<T>() is { } type and not IBareList
            ? [.. type.FieldNames.Zip(type.FieldRules, static (name, rule) => (ApiJson.Decode(name), rule.HasFlag(FieldRule.Required)))]
            : null;
#else
    private static List<(string Name, bool IsRequired)>? FieldsOf<T>()
        => WireContractResolver.Instance.ResolveContract(typeof(T)) is JsonObjectContract { Converter: null } contract
            ? [.. contract.Properties.Select(static property => (property.PropertyName!, property.Required == Newtonsoft.Json.Required.Always))]
            : null;
#endif

    private static bool IsError(string name) => name.Equals("error", StringComparison.OrdinalIgnoreCase);
}
