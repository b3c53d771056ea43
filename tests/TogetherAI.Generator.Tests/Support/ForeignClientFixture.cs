using System.Reflection;
using NUnit.Framework;

namespace TogetherAI.Generator.Tests.Support;

/// <summary>Tests of the client of a document of others, which is compiled once for all of them, with a program that uses it.</summary>
/// <param name="document">The document.</param>
/// <param name="program">The source of <c>TogetherAI.Program</c>, whose static methods the tests call.</param>
public abstract class ForeignClientFixture(string document, string program)
{
    private WireServer? _server;

    /// <summary>The compiled client and program.</summary>
    protected Assembly Assembly { get; private set; } = null!;

    /// <summary>What the client calls.</summary>
    private protected WireServer Server => _server!;

    [OneTimeSetUp]
    public async Task CompileAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var compilation = await ForeignClient.CompileAsync(document, patience.Token, program);
        Assembly = ClientCompiler.Load(compilation);
        _server = WireServer.Start(Respond);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>The server's response to a request.</summary>
    protected virtual string Respond(string request) => WireServer.Response("application/json", "{}");

    /// <summary>Calls a method of the program.</summary>
    protected T Call<T>(string method, params object[] arguments)
        => (T)Assembly.GetType("TogetherAI.Program")!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
