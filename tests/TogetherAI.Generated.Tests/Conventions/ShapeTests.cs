using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Conventions;

public sealed class ShapeTests
{
    private static readonly Type[] Awaitable = [typeof(Task), typeof(Task<>), typeof(ValueTask), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    private static IEnumerable<DocumentOperation> Streams => TogetherDocument.Streams;

    private static IEnumerable<DocumentOperation> Operations => TogetherDocument.Operations;

    private static IEnumerable<MethodInfo> AsyncMethods => PublicSurface.Methods.Where(method => IsAwaitable(method.ReturnType));

    [Test]
    public void Public_class_is_sealed_but_the_base_of_the_exceptions()
    {
        var open = PublicSurface.Types.Where(type => type is { IsClass: true, IsSealed: false });

        Assert.That(open, Is.EqualTo(new[] { typeof(TogetherAIException) }));
    }

    [Test]
    public void Client_of_every_area_is_a_property_of_the_client_of_all()
    {
        var areas = TogetherDocument.Operations.Select(operation => operation.Tag).Distinct();
        using var client = new TogetherAIClient(new TogetherAIOptions { ApiKey = "key" });

        var faults = areas.Where(area => typeof(TogetherAIClient).GetProperty(area)?.GetValue(client)?.GetType().Name != $"TogetherAI{area}Client");

        Assert.That(faults, Is.Empty, "Add the area to TogetherAIClient.cs.");
    }

    [Test]
    public void Asynchronous_method_ends_with_Async()
    {
        var faults = AsyncMethods.Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal));

        Assert.That(faults, Is.Empty);
        Assert.That(AsyncMethods, Is.Not.Empty);
    }

    [Test]
    public void Asynchronous_method_takes_an_optional_cancellation_token_last()
    {
        var faults = AsyncMethods.Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync)
            && (method.GetParameters().LastOrDefault() is not { Name: "cancellationToken" } token || token.IsOptional == IsExtension(method)));

        Assert.That(faults, Is.Empty);
    }

    // Interfaces have one method for each call: what replaces it in a test replaces all of its overloads.
    [Test]
    public void Call_of_an_interface_can_be_made_with_a_token_and_without_options()
    {
        var extensions = PublicSurface.Methods.Where(IsExtension).Select(method => Signature(method, method.GetParameters().Skip(1))).ToList();

        var calls = from method in PublicSurface.Methods
                    where method.DeclaringType!.IsInterface && IsAwaitable(method.ReturnType)
                    let required = method.GetParameters().Where(parameter => !parameter.IsOptional || parameter.Name == "cancellationToken")
                    let all = method.GetParameters().Where(parameter => parameter.ParameterType != typeof(TogetherAIRequestOptions))
                    // Waiting has choices of its own, which are rarely made.
                    from signature in (method.Name.StartsWith("Wait", StringComparison.Ordinal) ? [required] : new[] { required, all }).Select(parameters => Signature(method, parameters)).Distinct()
                    select signature;

        Assert.That(extensions, Is.EquivalentTo(calls).And.Not.Empty);
    }

    [Test]
    public void Parameters_of_the_query_and_the_headers_are_one_object()
    {
        var faults = from operation in TogetherDocument.Operations
                     from client in new[] { GeneratedTypes.ClientOf(operation), GeneratedTypes.InterfaceOf(operation) }
                     let parameters = client.GetMethod(operation.Name + "Async")!.GetParameters()
                     let path = (operation.Json["parameters"] ?? new JArray()).Select(TogetherDocument.Follow).Where(parameter => (string?)parameter["in"] == "path").Select(parameter => (string?)parameter["name"]).ToList()
                     let others = parameters.Skip(path.Count).Select(parameter => parameter.Name).Except(["request", "parameters", "options", "cancellationToken"])
                     where !parameters.Take(path.Count).Select(parameter => parameter.Name).SequenceEqual(path) || others.Any()
                     select $"{client.Name}.{operation.Name}";

        Assert.That(faults, Is.Empty);
    }

    [TestCaseSource(nameof(Operations))]
    public void Operation_is_a_method_of_client_and_interface(object operation)
    {
        var described = (DocumentOperation)operation;

        foreach (var type in new[] { GeneratedTypes.ClientOf(described), GeneratedTypes.InterfaceOf(described) })
        {
            Assert.That(type.GetMethod(described.Name + "Async"), Is.Not.Null, type.Name);
        }
    }

    [TestCaseSource(nameof(Streams))]
    public void Operation_with_events_has_its_variants(object operation)
    {
        var described = (DocumentOperation)operation;
        Type[] variants =
        [
            typeof(Task<Stream>),
            typeof(IAsyncEnumerable<>).MakeGenericType(GeneratedTypes.Of(described.EventSchema)),
            .. described.HasText ? new[] { typeof(IAsyncEnumerable<string>) } : [],
        ];

        foreach (var type in new[] { GeneratedTypes.ClientOf(described), GeneratedTypes.InterfaceOf(described) })
        {
            var streams = type.GetMethods().Where(method => method.Name.StartsWith("Stream", StringComparison.Ordinal)
                && method.GetParameters().FirstOrDefault()?.ParameterType == GeneratedTypes.Of(described.RequestSchema));

            Assert.That(streams.Select(method => method.ReturnType), Is.EquivalentTo(variants), type.Name);
        }
    }

    [Test]
    public void Required_field_of_a_request_must_be_set()
    {
        var faults = from type in Requests
                     from name in RequiredOf(type)
                     where type.GetProperty(name) is not { } property || !property.IsDefined(typeof(RequiredMemberAttribute))
                     select $"{type.Name}.{name}";

        Assert.That(Requests.SelectMany(RequiredOf), Is.Not.Empty);
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Request_has_a_constructor_with_all_that_must_be_set()
    {
        var faults = from type in Requests
                     let required = RequiredOf(type).Select(name => char.ToLowerInvariant(name[0]) + name[1..]).ToList()
                     where required.Count > 0 && !type.GetConstructors().Any(constructor => constructor.IsDefined(typeof(SetsRequiredMembersAttribute))
                         && constructor.GetParameters().Select(parameter => parameter.Name).SequenceEqual(required))
                     select type.Name;

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Known_value_of_every_set_is_a_constant_and_shown_in_the_debugger()
    {
        var sets = PublicSurface.Types.Where(type => typeof(IOpenWord).IsAssignableFrom(type)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sets, Has.Count.GreaterThan(20));
            foreach (var set in sets)
            {
                var known = set.GetProperties().Where(property => property.PropertyType == set).Select(property => (property.Name, ((IOpenWord)property.GetValue(null)!).Value));
                var constants = set.GetNestedType("Values")!.GetFields().Where(field => field.IsLiteral).Select(field => (field.Name, (string)field.GetRawConstantValue()!));
                Assert.That(constants, Is.EqualTo(known), set.Name);
                Assert.That(set.GetCustomAttribute<DebuggerDisplayAttribute>()?.Value, Is.EqualTo("{Value,nq}"), set.Name);
            }
        }
    }

    [Test]
    public void Request_says_which_argument_of_its_constructor_is_null()
        => Assert.That(() => new InferenceRequest("m", null!), Throws.ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("prompt"));

    [Test]
    public void Response_can_be_made_without_any_field()
    {
        var faults = from type in Responses
                     where type.IsDefined(typeof(RequiredMemberAttribute)) || type.GetConstructors() is not [{ } constructor] || constructor.GetParameters().Length > 0
                     select type.Name;

        Assert.That(Responses, Is.Not.Empty);
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void List_of_a_response_is_never_null_and_never_made_to_be_empty()
    {
        var lists = from type in Responses
                    from property in type.GetProperties()
                    where property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
                        && !typeof(JToken).IsAssignableFrom(property.PropertyType) && !typeof(IUnion).IsAssignableFrom(property.PropertyType)
                        && property.Name != nameof(ChatCompletionChunk.AdditionalProperties)
                    select property;

        Assert.That(lists.Select(property => property.Name), Has.Member(nameof(ChatCompletionChunk.Choices)));
        foreach (var property in lists)
        {
            var values = new[] { 1, 2 }.Select(_ => property.GetValue(Activator.CreateInstance(property.DeclaringType!))).ToList();

            Assert.That(values, Is.All.Empty.And.All.SameAs(values[0]), $"{property.DeclaringType!.Name}.{property.Name}");
        }
    }

    [Test]
    public void List_comes_in_an_object_with_room_for_more()
    {
        var lists = from operation in TogetherDocument.Operations
                    where operation.Name.StartsWith("List", StringComparison.Ordinal)
                    select GeneratedTypes.ClientOf(operation).GetMethod(operation.Name + "Async")!.ReturnType.GetGenericArguments()[0];

        Assert.That(lists, Is.Not.Empty);
        Assert.That(lists.Where(type => type.GetProperty("Data") is null || type.GetProperty("AdditionalProperties") is null), Is.Empty);
        Assert.That(PublicSurface.Methods.Where(method => method.DeclaringType!.IsInterface && IsAwaitable(method.ReturnType)).SelectMany(method => method.ReturnType.GetGenericArguments()).Where(type => type.IsGenericType), Is.Empty);
    }

    private static IEnumerable<Type> Requests => TypesWhere(TogetherDocument.SentSchemas.Contains);

    private static IEnumerable<Type> Responses => TypesWhere(name => !TogetherDocument.SentSchemas.Contains(name));

    private static IEnumerable<Type> TypesWhere(Func<string, bool> isMeant)
        => from schema in TogetherDocument.Schemas
           where isMeant(schema.Key) && schema.Value["properties"] is not null && !TogetherDocument.HandWrittenTypes.Contains(schema.Key)
           select GeneratedTypes.Of(new JObject { ["$ref"] = "#/components/schemas/" + schema.Key });

    // The names in C# of what the document requires.
    private static IEnumerable<string> RequiredOf(Type type)
        => from property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
           let json = property.GetCustomAttribute<Newtonsoft.Json.JsonPropertyAttribute>()
           where json is not null && !property.Name.Contains('_', StringComparison.Ordinal) && TogetherDocument.Schemas[type.Name]["required"]?.Any(name => (string?)name == json.PropertyName) == true
           where (bool?)TogetherDocument.Resolve(TogetherDocument.Schemas[type.Name]["properties"]![json.PropertyName!]!)["nullable"] != true
           select property.Name;

    // Those of sequences are something else.
    private static bool IsExtension(MethodInfo method)
        => method.IsDefined(typeof(ExtensionAttribute)) && method.DeclaringType!.Name.EndsWith("ClientExtensions", StringComparison.Ordinal);

    private static string Signature(MethodInfo method, IEnumerable<ParameterInfo> parameters)
    {
        var client = method.DeclaringType!.IsInterface ? method.DeclaringType.Name[1..] + "Extensions" : method.DeclaringType.Name;
        return $"{method.ReturnType} {client}.{method.Name}({string.Join(", ", parameters.Select(parameter => $"{parameter.ParameterType} {parameter.Name}"))})";
    }

    private static bool IsAwaitable(Type type) => Awaitable.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
}
