using Microsoft.CodeAnalysis;

namespace TogetherAI.FieldGenerator;

/// <summary>How the values of a type are read from a command line, as C# of the tool.</summary>
internal static class OptionTypes
{
    /// <summary>The expression for the type of a field; null where there is no way to read it.</summary>
    public static string? Of(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => "FieldType.Int32",
        SpecialType.System_Int64 => "FieldType.Int64",
        SpecialType.System_Decimal => "FieldType.Integer",
        SpecialType.System_Double => "FieldType.Double",
        SpecialType.System_Boolean => "FieldType.Boolean",
        _ when DocumentTypes.IsTimeSpan(type) => "FieldType.Duration",
        _ when type.Name == "TextOrTexts" => "FieldType.TextOrTexts",
        _ when type is not IArrayTypeSymbol && DocumentTypes.ElementOf(type) is { } element => ValueOf(element) is { } value
            ? $"FieldType.Several({value}, static values => new global::System.Collections.Generic.List<{GeneratedPart.NameOf(element)}>(values.Cast<{GeneratedPart.NameOf(element)}>()))"
            : null,
        _ => ValueOf(type) is { } value ? $"FieldType.One({value})" : null,
    };

    private static string? ValueOf(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String || DocumentTypes.IsBytes(type))
        {
            return type.SpecialType == SpecialType.System_String ? "FieldValue.Text" : "FieldValue.Bytes";
        }

        var name = GeneratedPart.NameOf(type);
        var known = string.Join(", ", DocumentTypes.KnownValuesOf(type).Select(value => $"{name}.{value.Name}.Value"));
        if (DocumentTypes.IsWord(type))
        {
            return $"FieldValue.Word([{known}], static text => new {name}(text))";
        }

        if (ReaderOf(type) is not { } reader)
        {
            return null;
        }

        // A union that takes a bare word, such as auto, beside objects.
        return !DocumentTypes.ConvertsFrom(type, SpecialType.System_String) ? $"FieldValue.Json({reader})"
            : $"FieldValue.JsonOrText({reader}, [{known}], static text => ({name})text!, {TokensOf(type)})";
    }

    // What else than a text such a union converts from.
    private static string TokensOf(ITypeSymbol type)
    {
        var isDouble = DocumentTypes.ConvertsFrom(type, SpecialType.System_Double);
        var isInteger = isDouble || DocumentTypes.ConvertsFrom(type, SpecialType.System_Int32, SpecialType.System_Int64);
        var isBoolean = DocumentTypes.ConvertsFrom(type, SpecialType.System_Boolean);
        string[] tokens = [.. new[] { (isInteger, "Integer"), (isDouble, "Float"), (isBoolean, "Boolean") }
            .Where(static each => each.Item1).Select(static each => $"global::Newtonsoft.Json.Linq.JTokenType.{each.Item2}")];
        return $"[{string.Join(", ", tokens)}]";
    }

    // A method of the tool, or a lambda, that reads JSON which has been parsed.
    private static string? ReaderOf(ITypeSymbol type)
    {
        var name = GeneratedPart.NameOf(type);
        return type.SpecialType switch
        {
            SpecialType.System_String => "FieldJson.Text",
            SpecialType.System_Int32 => "FieldJson.Int32",
            SpecialType.System_Int64 => "FieldJson.Int64",
            SpecialType.System_Double => "FieldJson.Double",
            SpecialType.System_Boolean => "FieldJson.Boolean",
            _ when DocumentTypes.IsFreeForm(type) => $"FieldJson.FreeForm<{name}>",
            _ when DocumentTypes.IsGenerated(type) => $"FieldJson.Generated<{name}>",
            _ when DocumentTypes.ElementOf(type) is { } element => ReaderOf(element) is { } reader
                ? $"static json => FieldJson.Elements(json, {reader}).Cast<{GeneratedPart.NameOf(element)}>().{(type is IArrayTypeSymbol ? "ToArray" : "ToList")}()"
                : null,
            _ when DocumentTypes.MapValueOf(type) is { } value => ReaderOf(value) is { } reader
                ? $"static json => FieldJson.Entries(json, {reader}).ToDictionary(static entry => entry.Key, static entry => ({GeneratedPart.NameOf(value)})entry.Value!)"
                : null,
            _ => null,
        };
    }
}
