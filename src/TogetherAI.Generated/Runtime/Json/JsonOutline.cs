using System.Text.Json;
using Newtonsoft.Json.Serialization;

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
    /// <param name="utf8">The text.</param>
    /// <param name="type">What it should be.</param>
    /// <param name="hasErrors">Whether "error" always says that the call failed, also where the type has that field.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public static JsonOutline Of(ReadOnlySpan<byte> utf8, Type type, bool hasErrors, CancellationToken cancellationToken)
    {
        if (WireContractResolver.Instance.ResolveContract(type) is not JsonObjectContract { Converter: null } contract)
        {
            return default;
        }

        try
        {
            return Of(utf8, contract, hasErrors, cancellationToken);
        }
        catch (JsonException)
        {
            // Newtonsoft.Json also reads what is not quite JSON.
            return default;
        }
    }

    private static JsonOutline Of(ReadOnlySpan<byte> utf8, JsonObjectContract contract, bool hasErrors, CancellationToken cancellationToken)
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
            contract.Properties.Where(static property => property.Required == Newtonsoft.Json.Required.Always).Select(static property => property.PropertyName!),
            StringComparer.OrdinalIgnoreCase);
        var isErrorKnown = !hasErrors && contract.Properties.GetClosestMatchProperty("error") is not null;
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

    private static bool IsError(string name) => name.Equals("error", StringComparison.OrdinalIgnoreCase);
}
