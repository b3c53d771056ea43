using System.Reflection;
using NUnit.Framework;
using TogetherAI.Tests.Document;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Conventions;

/// <summary>The methods that stream, which are written by hand, are those that the document describes, and call what it says.</summary>
public sealed class StreamVariantTests
{
    private static IEnumerable<Type> Clients => typeof(TogetherAIOptions).Assembly.GetExportedTypes()
        .Where(static type => type.Name.StartsWith("TogetherAI", StringComparison.Ordinal) && type != typeof(TogetherAIRawClient) && type.Name.EndsWith("Client", StringComparison.Ordinal))
        .SelectMany(static type => new[] { type, type.Assembly.GetType($"{type.Namespace}.I{type.Name}") })
        .OfType<Type>();

    private static IEnumerable<TestCaseData> Variants
        => from operation in TogetherDocument.Streams
           from method in Streaming(GeneratedTypes.ClientOf(operation))
           where method.GetParameters()[0].ParameterType == GeneratedTypes.Of(operation.RequestSchema)
           select new TestCaseData(operation, method).SetArgDisplayNames(operation.Id, method.Name);

    [Test]
    public void Client_and_interface_stream_what_the_document_describes_and_nothing_else()
    {
        var described = from operation in TogetherDocument.Streams
                        from client in new[] { GeneratedTypes.ClientOf(operation), GeneratedTypes.InterfaceOf(operation) }
                        from result in new[] { typeof(Task<Stream>), typeof(IAsyncEnumerable<>).MakeGenericType(GeneratedTypes.Of(operation.EventSchema)) }
                            .Concat(operation.HasText ? [typeof(IAsyncEnumerable<string>)] : [])
                        select $"{client.Name}: {result} of {GeneratedTypes.Of(operation.RequestSchema).Name}";

        var written = from client in Clients
                      from method in Streaming(client)
                      select $"{client.Name}: {method.ReturnType} of {method.GetParameters()[0].ParameterType.Name}";

        Assert.That(written, Is.EquivalentTo(described).And.Not.Empty);
    }

    [TestCaseSource(nameof(Variants))]
    public async Task Variant_calls_the_operation_of_the_document_with_its_flag(object operation, MethodInfo method)
    {
        var described = (DocumentOperation)operation;
        await using var server = RawServer.Answering(Answers.Of(418, "{}"));
        using var client = (IDisposable)Activator.CreateInstance(GeneratedTypes.ClientOf(described), [Support.Clients.Options(server.Url)])!;
        var example = DocumentExample.All.First(example => TogetherDocument.NameOf(example.Schema) == TogetherDocument.NameOf(described.RequestSchema));
        var request = example.Value.ToObject(method.GetParameters()[0].ParameterType, NewtonsoftJson.Reader);

        await Assert.ThatAsync(() => EndAsync(method.Invoke(client, [request, null, CancellationToken.None])!), Throws.InstanceOf<TogetherAIException>());

        Assert.That($"{server.Request.Method} {server.Request.Target}", Is.EqualTo($"{described.Method.ToUpperInvariant()} {described.Path}"));
        Assert.That((bool?)server.Request.Json[(string)described.Stream!["flag"]!], Is.True);
        Assert.That(server.Request.Header("Accept"), Does.StartWith("text/event-stream"));
    }

    private static IEnumerable<MethodInfo> Streaming(Type client)
        => client.GetMethods().Where(static method => (IsSequence(method.ReturnType) && method.ReturnType != typeof(IAsyncEnumerable<BatchResult>) && method.ReturnType != typeof(IAsyncEnumerable<FineTuningEvent>))
            || (method.ReturnType == typeof(Task<Stream>) && method.Name.StartsWith("Stream", StringComparison.Ordinal)));

    private static bool IsSequence(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    private static Task EndAsync(object result)
        => result as Task ?? (Task)typeof(StreamVariantTests).GetMethod(nameof(ReadAsync), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(result.GetType().GetInterfaces().First(IsSequence).GenericTypeArguments[0])
            .Invoke(null, [result])!;

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> sequence)
    {
        await foreach (var item in sequence)
        {
            Assert.Fail($"The server sent nothing, and {item} came.");
        }
    }
}
