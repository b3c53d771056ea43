using System.Reflection;
using System.Runtime.CompilerServices;
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
            && method.GetParameters().LastOrDefault() is not { Name: "cancellationToken", IsOptional: true });

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
    public void Required_field_of_the_document_must_be_set()
    {
        var faults = from schema in TogetherDocument.Schemas
                     where !TogetherDocument.HandWrittenTypes.Contains(schema.Key) && schema.Value["required"] is not null
                     let type = GeneratedTypes.Of(new Newtonsoft.Json.Linq.JObject { ["$ref"] = "#/components/schemas/" + schema.Key })
                     from name in schema.Value["required"]!.Select(name => (string)name!)
                     where (bool?)TogetherDocument.Resolve(schema.Value["properties"]![name]!)["nullable"] != true
                     let property = type.GetProperties().SingleOrDefault(property => property.GetCustomAttribute<Newtonsoft.Json.JsonPropertyAttribute>()?.PropertyName == name)
                     where property is null || !property.IsDefined(typeof(RequiredMemberAttribute))
                     select $"{schema.Key}.{name}";

        Assert.That(faults, Is.Empty);
    }

    private static bool IsAwaitable(Type type) => Awaitable.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
}
