using System.Reflection;
using Newtonsoft.Json;
using NUnit.Framework;

namespace TogetherAI.Tests;

/// <summary>Every method of a client that streams, over a socket, against a server that sends one event and the end.</summary>
[CancelAfter(30_000)]
public sealed class StreamTests
{
    private static IEnumerable<TestCaseData> Methods
        => from type in typeof(TogetherAIOptions).Assembly.GetExportedTypes()
           where typeof(IDisposable).IsAssignableFrom(type) && type.Name.EndsWith("Client", StringComparison.Ordinal)
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where method.Name.EndsWith("BytesAsync", StringComparison.Ordinal) || ChunkOf(method) is not null
           select new TestCaseData(type, method).SetName($"{type.Name}_{method.Name}_reads_what_the_server_streams");

    [TestCaseSource(nameof(Methods))]
    public async Task Method_reads_what_the_server_streams(Type clientType, MethodInfo method)
    {
        var chunk = ChunkOf(method);
        var json = chunk is null || chunk == typeof(string) ? "{}" : JsonConvert.SerializeObject(Sample.Of(chunk));
        var text = $"data: {json}\n\ndata: [DONE]\n\n";
        await using var server = new FakeServer(text);
        var options = new TogetherAIOptions { ApiKey = "key", BaseUrl = server.Url, AllowUnterminatedStreams = true };
        using var client = (IDisposable)Activator.CreateInstance(clientType, options)!;

        var result = Call(method, client);

        if (chunk is null)
        {
            await using var stream = await (Task<Stream>)result;
            using var reader = new StreamReader(stream);
            Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(text));
        }
        else
        {
            var read = typeof(StreamTests).GetMethod(nameof(CountAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(chunk);
            var count = await (Task<int>)read.Invoke(null, [result])!;
            Assert.That(count, chunk == typeof(string) ? Is.LessThanOrEqualTo(1) : Is.EqualTo(1));
        }

        Assert.That(server.Requests, Is.EqualTo(1));
    }

    private static object Call(MethodInfo method, object client)
    {
        try
        {
            return method.Invoke(client, [.. method.GetParameters().Select(Sample.OfParameter)])!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException refused)
        {
            // The samples know no limits of the document.
            Assert.Inconclusive($"Write a test with a request that {method.Name} takes: {refused.Message}");
            throw;
        }
    }

    private static Type? ChunkOf(MethodInfo method)
        => method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) ? method.ReturnType.GetGenericArguments()[0] : null;

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> values)
    {
        var count = 0;
        await foreach (var value in values)
        {
            Assert.That(value, Is.Not.Null);
            count++;
        }

        return count;
    }
}
