using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace TogetherAI.Benchmarks.Reports;

/// <summary>
/// Runs the benchmarks of a class in turns for a while. The compiler takes its time to reach its last tier; methods that
/// are there stay there when the same process measures them.
/// </summary>
internal static class WarmUp
{
    private const int Turns = 5;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    public static void Run(Type benchmarks)
    {
        var instance = Activator.CreateInstance(benchmarks)!;
        var methods = benchmarks.GetMethods();
        foreach (var setup in methods.Where(method => method.IsDefined(typeof(GlobalSetupAttribute))))
        {
            setup.Invoke(instance, null);
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var method in methods.Where(method => method.IsDefined(typeof(BenchmarkAttribute))))
            {
                RunFor(instance, method);
            }
        }
    }

    private static void RunFor(object instance, MethodInfo method)
    {
        var clock = Stopwatch.StartNew();
        do
        {
            (method.Invoke(instance, null) as Task)?.GetAwaiter().GetResult();
        }
        while (clock.Elapsed < Turn);
    }
}
