using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace TogetherAI.Tests.Document;

/// <summary>The rules of openapi/README.md, which keep the generated client good to read and to use.</summary>
public sealed partial class HouseRuleTests
{
    [Test]
    public void Operation_is_described_and_has_one_declared_tag()
    {
        var tags = TogetherDocument.Json["tags"]!.Select(tag => (string)tag["name"]!).ToList();

        var faults = from operation in TogetherDocument.Operations
                     where IsBlank(operation.Json["summary"]) || IsBlank(operation.Json["description"])
                         || operation.Json["tags"] is not JArray { Count: 1 } || !tags.Contains(operation.Tag)
                     select operation.Id;

        Assert.That(faults, Is.Empty, "Each needs a summary, a description, and one tag that stands in the document's own list of tags.");
    }

    [Test]
    public void Path_declares_each_of_its_parameters()
    {
        var faults = from operation in TogetherDocument.Operations
                     let declared = operation.Json["parameters"]?.Where(parameter => (string?)parameter["in"] == "path").Select(parameter => (string?)parameter["name"]) ?? []
                     where !PathParameter().Matches(operation.Path).Select(match => match.Groups["name"].Value).ToHashSet().SetEquals(declared.OfType<string>())
                     select operation.Id;

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Description_has_the_marks_of_code_in_pairs()
    {
        var faults = from text in TogetherDocument.Json.Descendants().OfType<JProperty>()
                     where text.Name is "description" or "summary" && text.Value is JValue { Value: string words } && words.Count(letter => letter == '`') % 2 != 0
                     select text.Path;

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Array_says_what_is_in_it_and_nothing_has_a_default()
    {
        var schemas = Written<JObject>().ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(from schema in schemas where schema["type"] is JValue { Value: "array" } && schema["items"] is null select schema.Path, Is.Empty);
            Assert.That(from schema in schemas where schema["type"] is JValue && schema["default"] is not null select schema.Path, Is.Empty);
        }
    }

    [Test]
    public void Operation_id_is_unique_and_names_a_method()
    {
        var operations = TogetherDocument.Operations;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(operations.Select(operation => operation.Id), Is.Unique);
            Assert.That(operations.Select(operation => $"{operation.Tag}.{operation.Name}"), Is.Unique.And.All.Match("^[A-Za-z]+\\.[A-Z][A-Za-z0-9]*$"));
        }
    }

    [Test]
    public void Parameter_is_described_and_stands_in_path_or_query()
    {
        var faults = from operation in TogetherDocument.Operations
                     from parameter in operation.Json["parameters"] ?? new JArray()
                     let place = (string?)parameter["in"]
                     where IsBlank(parameter["description"]) || place is not ("path" or "query")
                         || (place == "path" && (bool?)parameter["required"] != true)
                     select $"{operation.Id}: {parameter["name"]}";

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Request_body_is_required_and_described()
    {
        var faults = from operation in TogetherDocument.Operations
                     let body = operation.Json["requestBody"]
                     where body is not null && ((bool?)body["required"] != true || IsBlank(body["description"]))
                     select operation.Id;

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Schema_and_every_field_are_described()
    {
        var faults = from schema in TogetherDocument.Schemas
                     from described in new[] { (Name: schema.Key, Value: (JToken)schema.Value) }
                         .Concat(Fields(schema.Value).Select(field => (Name: $"{schema.Key}.{field.Name}", field.Value)))
                     where IsBlank(described.Value["description"])
                     select described.Name;

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Content_names_its_schema()
    {
        var faults = from operation in TogetherDocument.Operations
                     from place in operation.Contents
                     from media in place.Content.Properties()
                     let schema = media.Value["schema"]!
                     where NeedsName(schema) || NeedsName(schema["items"])
                     select $"{operation.Id} {place.Where} {media.Name}";

        Assert.That(faults, Is.Empty, "NSwag would call the type Body, Response or Anonymous.");
    }

    [Test]
    public void Field_names_the_schema_of_its_objects_and_words()
    {
        var faults = from schema in TogetherDocument.Schemas
                     from field in Fields(schema.Value)
                     where NeedsName(field.Value) || NeedsName(field.Value["items"]) || NeedsName(field.Value["additionalProperties"])
                     select $"{schema.Key}.{field.Name}";

        Assert.That(faults, Is.Empty, "NSwag would invent a name for the type.");
    }

    [Test]
    public void Field_with_one_meaning_is_a_text()
    {
        var faults = from schema in TogetherDocument.Schemas
                     from field in Fields(schema.Value)
                     where field.Name == "object" && (string?)field.Value["type"] != "string"
                     select $"{schema.Key}.{field.Name}";

        Assert.That(faults, Is.Empty, "It says what the object is, which the caller knows. Make it a string, with its value as an enum in place.");
    }

    [Test]
    public void Time_length_price_seed_and_bytes_say_what_they_are()
    {
        string[] allowed = ["unix-time", "date-time"];
        var faults = from schema in TogetherDocument.Schemas
                     from field in Fields(schema.Value)
                     let format = (string?)field.Value["format"]
                     let isWrong = field.Name switch
                     {
                         "created" => !allowed.Contains(format),
                         "seed" or "cost" => format != "decimal",
                         "seconds" or "duration" or "start" or "end" => format != "duration-seconds",
                         "embedding" => (bool?)field.Value["x-memory"] != true,
                         "b64" or "b64_json" => format != "byte",
                         _ when field.Name.EndsWith("_at", StringComparison.Ordinal) => !allowed.Contains(format),
                         _ when field.Name.EndsWith("_base64", StringComparison.Ordinal) => format != "byte",
                         _ when field.Name.Contains("price", StringComparison.Ordinal) => format != "decimal",
                         _ => false,
                     }
                     where isWrong
                     select $"{schema.Key}.{field.Name}";

        Assert.That(faults, Is.Empty, "Callers want a time, a length, a decimal or memory, not the number or text on the wire.");
    }

    [Test]
    public void Union_of_one_meaning_is_that()
    {
        var faults = from schema in TogetherDocument.Schemas
                     let arms = schema.Value["anyOf"] as JArray
                     where arms is { Count: 2 } && (string?)arms[0]["type"] == "string"
                     let other = TogetherDocument.Resolve(arms[1])
                     where other["properties"] is JObject { Count: 1 } fields && (string?)((JProperty)fields.First!).Value["type"] == "string"
                     select schema.Key;

        Assert.That(faults, Is.Empty, "An object that only wraps the text says no more than it. Describe the text.");
    }

    [Test]
    public void Value_of_several_types_is_named_and_so_are_its_types()
    {
        var unions = (from part in Written<JProperty>() where part.Name is "anyOf" or "oneOf" select part).ToList();
        var unnamed = unions.Where(part => part.Parent!.Parent is not JProperty { Parent.Parent: JProperty { Name: "schemas" } }).Select(part => part.Path);
        var choices = unions.Where(part => part.Name == "oneOf").Select(part => part.Path);
        var types = from part in unions
                    from type in part.Value
                    where type["x-csharp-name"] is null
                    select type.Path;
        var excluded = TogetherDocument.Schemas.Where(schema => schema.Value["anyOf"] is not null).Select(schema => schema.Key).Intersect(TogetherDocument.HandWrittenTypes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unions, Is.Not.Empty);
            Assert.That(unnamed, Is.Empty, "Give it a name under components/schemas.");
            Assert.That(choices, Is.Empty, "A value may fit several types. Write anyOf.");
            Assert.That(types, Is.Empty, "Give each type a name for C# with x-csharp-name.");
            Assert.That(excluded.Except(["ErrorResponse"]), Is.Empty, "The document generates it. Take it out of excludedTypeNames in nswag.json.");
        }
    }

    [Test]
    public void Extension_is_one_of_ours()
    {
        string[] known = ["x-form", "x-gen-ai-operation", "x-request-name", "x-response-name", "x-pages", "x-idempotent", "x-managed", "x-stream", "x-secret", "x-job", "x-mismatch", "x-absent", "x-memory", "x-alias-of", "x-enumNames", "x-csharp-name", "x-collection", "x-hand-written", "x-websockets"];

        var faults = from part in Written<JProperty>()
                     where part.Name.StartsWith("x-", StringComparison.Ordinal) && !known.Contains(part.Name) && !part.Path.Contains("headers", StringComparison.Ordinal)
                     select part.Path;

        Assert.That(faults, Is.Empty, "Nobody reads it.");
    }

    [Test]
    public void Number_states_its_format()
    {
        var faults = from schema in Written<JObject>()
                     where schema["type"] is JValue { Value: "integer" or "number" } && schema["format"] is null
                     select schema.Path;

        Assert.That(faults, Is.Empty, "NSwag would take int or double.");
    }

    [Test]
    public void Word_has_a_name_in_CSharp()
    {
        var faults = from schema in TogetherDocument.Schemas
                     let words = schema.Value["enum"] as JArray
                     where words is not null && schema.Value["x-enumNames"] is not JArray
                     from word in words
                     where word.Type != JTokenType.String || !PlainWord().IsMatch((string)word!)
                     select $"{schema.Key}: {word}";

        Assert.That(faults, Is.Empty, "Name such words with x-enumNames.");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$")]
    private static partial Regex PlainWord();

    [GeneratedRegex("{(?<name>[^}]+)}")]
    private static partial Regex PathParameter();

    // All of the document but its examples.
    private static IEnumerable<T> Written<T>()
        where T : JToken
        => TogetherDocument.Json.Descendants().OfType<T>().Where(part => !part.Path.Contains("example", StringComparison.Ordinal));

    private static IEnumerable<JProperty> Fields(JObject schema)
        => schema.DescendantsAndSelf().OfType<JObject>()
            .Where(part => part.Parent is not JProperty { Name: "properties" })
            .SelectMany(part => (part["properties"] as JObject)?.Properties() ?? []);

    private static bool NeedsName(JToken? schema)
        => schema is JObject && (schema["properties"] is not null || schema["enum"] is JArray { Count: > 1 } || schema["oneOf"] is not null || schema["anyOf"] is not null);

    private static bool IsBlank(JToken? text) => string.IsNullOrWhiteSpace((string?)text);
}
