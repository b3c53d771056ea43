using System.Reflection;
using System.Runtime.Loader;

namespace TogetherAI.Fuzzing.Coverage;

/// <summary>Loads the client instrumented, and this program a second time, over it.</summary>
internal sealed class InstrumentedContext : AssemblyLoadContext
{
    private const string Client = "TogetherAI.Generated";

    private static readonly string[] Namespaces = ["TogetherAI", "TogetherAI.Runtime.Buffers", "TogetherAI.Runtime.Json", "TogetherAI.Runtime.Streaming"];

    private readonly byte[] _client;

    private InstrumentedContext()
        : base("instrumented")
    {
        (_client, var blocks) = Instrumentation.Apply(Path.Combine(AppContext.BaseDirectory, Client + ".dll"), Namespaces.Contains);
        Console.WriteLine($"Instrumented: {blocks} blocks.");
    }

    /// <summary>Calls a method of this program over the instrumented client.</summary>
    public static int Invoke(Func<string, int> method, string argument)
    {
        var type = new InstrumentedContext().LoadFromAssemblyPath(typeof(InstrumentedContext).Assembly.Location).GetType(method.Method.DeclaringType!.FullName!)!;
        return type.GetMethod(method.Method.Name, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Func<string, int>>()(argument);
    }

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        Client => LoadFromStream(new MemoryStream(_client)),
        var name when name == typeof(InstrumentedContext).Assembly.GetName().Name => LoadFromAssemblyPath(typeof(InstrumentedContext).Assembly.Location),
        _ => null,
    };
}
