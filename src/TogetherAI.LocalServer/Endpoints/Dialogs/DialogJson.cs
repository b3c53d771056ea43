using System.Text.Json;

namespace TogetherAI.LocalServer.Endpoints.Dialogs;

/// <summary>Reads what requests have in free form.</summary>
internal static class DialogJson
{
    /// <summary>A field of an object; null where it is missing or JSON null, and for what is no object.</summary>
    public static JsonElement? Property(JsonElement item, string name)
        => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The same, where it is a text.</summary>
    public static string? StringOf(JsonElement item, string name)
        => Property(item, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
