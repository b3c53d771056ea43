using NUnit.Framework;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.PublicApi;

/// <summary>
/// What a published schema requires is the signature of a constructor, and what readers rely on: it never changes. A field
/// that comes later is optional. <c>dotnet cake --target=UpdateListing</c> adds new schemas to the listing and takes away
/// those that are gone; a line that breaks programs is changed by hand.
/// </summary>
public sealed class RequiredPublicApiTests
{
    private const string UpdateVariable = "UPDATE_PUBLIC_API_LISTING";

    private static string Listing { get; } = Repository.PathOf("src", "TogetherAI.Generated", "PublicApi", "required.txt");

    [Test]
    public void Required_fields_of_a_published_schema_never_change()
    {
        var document = TogetherDocument.Schemas
            .Where(schema => schema.Value["properties"] is not null)
            .ToDictionary(schema => schema.Key, schema => RequiredOf(schema.Value));

        if (Environment.GetEnvironmentVariable(UpdateVariable) == "true")
        {
            Write(Merged(Read(), document));
        }

        Assert.That(
            Read(),
            Is.EquivalentTo(document),
            "A change breaks programs: make the field optional. For a new schema, run: dotnet cake --target=UpdateListing");
    }

    [Test]
    public void Update_adds_and_removes_schemas_but_changes_none()
    {
        var listing = new Dictionary<string, string> { ["Changed"] = "a", ["Gone"] = "b" };
        var document = new Dictionary<string, string> { ["Changed"] = "a, c", ["New"] = "d" };

        var merged = Merged(listing, document);

        Assert.That(merged, Is.EquivalentTo(new Dictionary<string, string> { ["Changed"] = "a", ["New"] = "d" }));
    }

    // In the order of the constructor's parameters.
    private static string RequiredOf(Newtonsoft.Json.Linq.JObject schema)
    {
        var required = schema["required"]?.Select(name => (string)name!).ToList() ?? [];
        return string.Join(", ", ((Newtonsoft.Json.Linq.JObject)schema["properties"]!).Properties().Select(field => field.Name).Where(required.Contains));
    }

    private static Dictionary<string, string> Merged(Dictionary<string, string> listing, Dictionary<string, string> document)
        => document.ToDictionary(schema => schema.Key, schema => listing.GetValueOrDefault(schema.Key, schema.Value));

    private static Dictionary<string, string> Read()
        => (File.Exists(Listing) ? File.ReadAllLines(Listing) : [])
            .Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim());

    private static void Write(Dictionary<string, string> listing)
        => File.WriteAllText(Listing, string.Concat(listing.OrderBy(schema => schema.Key, StringComparer.Ordinal).Select(schema => $"{schema.Key}: {schema.Value}".TrimEnd() + "\n")));
}
