using System.Reflection;
using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Conventions;

/// <summary>A name says what part its bearer plays.</summary>
public sealed class RoleNameTests
{
    private static readonly string[] Verbs =
        ["Create", "Run", "Complete", "Generate", "Rerank", "Retrieve", "Send", "List", "Update", "Delete", "Cancel", "Upload", "Download", "Wait", "Stream", "Connect"];

    /// <summary>What comes back as JSON; of a bare array, its items.</summary>
    private static IEnumerable<(DocumentOperation Operation, string Type, bool IsItem)> Results
        => from operation in TogetherDocument.Operations
           where operation.SuccessContent?["application/json"] is not null
           let schema = operation.SuccessContent!["application/json"]!["schema"]!
           let name = TogetherDocument.NameOf(schema)
           select (operation, Areas.TypeOf(name ?? TogetherDocument.NameOf(schema["items"])!), name is null);

    [Test]
    public void Method_of_a_client_begins_with_one_of_the_verbs()
    {
        var faults = from type in PublicSurface.Types
                     where type.IsInterface && type.Name.EndsWith("Client", StringComparison.Ordinal)
                     from method in type.GetMethods()
                     where !method.IsSpecialName && !Verbs.Contains(IdentifierWords.Of(method.Name)[0])
                     select $"{type.Name}.{method.Name}";

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Body_of_a_request_ends_with_Request()
    {
        var bodies = TogetherDocument.Operations
            .SelectMany(operation => (operation.RequestContent?.Properties() ?? []).Select(media => TogetherDocument.NameOf(media.Value["schema"])).Append((string?)operation.Json["x-form"]))
            .OfType<string>().Select(Areas.TypeOf);

        Assert.That(bodies, Is.Not.Empty.And.All.EndsWith("Request"));
    }

    [Test]
    public void Body_of_a_response_ends_with_Response_unless_it_is_a_resource()
    {
        var resources = Results.Where(result => result.IsItem || result.Operation.Name.StartsWith("Retrieve", StringComparison.Ordinal)).Select(result => result.Type);

        var results = Results.Select(result => result.Type).Except(resources);

        Assert.That(results, Is.Not.Empty.And.All.EndsWith("Response"));
    }

    [Test]
    public void Event_of_a_stream_ends_with_Chunk()
        => Assert.That(TogetherDocument.Streams.Select(operation => Areas.TypeOf(TogetherDocument.NameOf(operation.EventSchema)!)), Is.Not.Empty.And.All.EndsWith("Chunk"));

    [Test]
    public void Object_with_more_of_something_ends_with_Delta()
        => Assert.That(TypesOfFields(name => name == "delta"), Is.Not.Empty.And.All.EndsWith("Delta"));

    [Test]
    public void Delta_has_no_object_of_a_whole_response()
    {
        var faults = from type in PublicSurface.Types
                     where type.Name.EndsWith("Delta", StringComparison.Ordinal)
                     from property in type.GetProperties()
                     let item = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType
                     where typeof(IExtensible).IsAssignableFrom(item) && !item.Name.EndsWith("Delta", StringComparison.Ordinal)
                     select $"{type.Name}.{property.Name}";

        Assert.That(faults, Is.Empty, "In a piece everything may be missing, in a whole object nothing should be; give the piece a schema of its own.");
        Assert.That(PublicSurface.Types.Count(type => type.Name.EndsWith("Delta", StringComparison.Ordinal)), Is.GreaterThan(2));
    }

    [Test]
    public void Set_of_words_for_a_kind_ends_with_Type()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TypesOfFields(name => name == "type" || name.EndsWith("_type", StringComparison.Ordinal)), Is.Not.Empty.And.All.EndsWith("Type"));
            Assert.That(PublicSurface.Types.Select(type => type.Name), Has.None.EndsWith("Kind"));
        }
    }

    [Test]
    public void Static_method_that_makes_its_own_type_begins_with_From()
    {
        var faults = from method in PublicSurface.Methods
                     where method.IsStatic && method.ReturnType == method.DeclaringType && !method.Name.StartsWith("op_", StringComparison.Ordinal)
                         && !method.Name.StartsWith("From", StringComparison.Ordinal) && method.Name != BuilderOf(method.DeclaringType!)
                     select $"{method.DeclaringType!.Name}.{method.Name}";

        Assert.That(faults, Is.Empty, "Only what collection expressions call may be named otherwise.");
    }

    [Test]
    public void Field_has_the_same_name_in_all_types()
    {
        // The lists of a response are private where JSON is concerned; what has an underscore stands beside what callers see.
        var faults = from type in PublicSurface.Types
                     from property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                     let field = property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName
                     where field is not null && !property.Name.Contains('_', StringComparison.Ordinal)
                     group property.GetMethod!.IsPrivate ? property.Name["Sent".Length..] : property.Name by field into names
                     where names.Distinct().Count() > 1
                     select $"{names.Key}: {string.Join(", ", names.Distinct())}";

        Assert.That(faults, Is.Empty, "Give all of them the same x-csharp-name.");
    }

    [Test]
    public void Word_has_the_same_name_in_all_sets()
    {
        var faults = from property in PublicSurface.Members.OfType<PropertyInfo>()
                     where property.PropertyType == property.DeclaringType && property.GetMethod!.IsStatic
                     let word = property.DeclaringType!.GetProperty("Value")?.GetValue(property.GetValue(null)) as string
                     where word is not null
                     group property.Name by word into names
                     where names.Distinct().Count() > 1
                     select $"{names.Key}: {string.Join(", ", names.Distinct())}";

        Assert.That(faults, Is.Empty, "Give all of them the same name in x-enumNames.");
    }

    private static string? BuilderOf(Type type)
        => (string?)type.GetCustomAttributesData().SingleOrDefault(attribute => attribute.AttributeType.Name == nameof(CollectionBuilderAttribute))?.ConstructorArguments[1].Value;

    private static IEnumerable<string> TypesOfFields(Func<string, bool> isMeant)
        => from schema in TogetherDocument.Schemas.Values
           from field in (schema["properties"] as JObject)?.Properties() ?? []
           where isMeant(field.Name)
           let name = TogetherDocument.NameOf(field.Value)
           where name is not null
           select Areas.TypeOf(name);
}
