using System.Diagnostics;
using TogetherAI.Benchmarks.Reports;

namespace TogetherAI.Benchmarks.Processes;

/// <summary>What building costs: a run of NSwag, and a build in which nothing changed.</summary>
internal static class BuildRun
{
    public static async Task WriteAsync(Report report)
    {
        if (Checkout.FindProject("src", "TogetherAI.Generated") is not { } project)
        {
            report.Line("Building was not measured: the program does not run from a checkout.");
            return;
        }

        report.Heading("Building the client");
        report.Header("what", "s");
        var generated = Path.Combine(Path.GetDirectoryName(project)!, "obj", "Generated", "TogetherAI.g.cs");
        await DotnetAsync("build", project, "-v:q").ConfigureAwait(false);
        report.Row("nothing changed, three frameworks", await DotnetAsync("build", project, "-v:q", "--no-restore").ConfigureAwait(false));
        File.Delete(generated);
        report.Row("NSwag alone", await DotnetAsync("msbuild", project, "-t:TogetherAIGenerate", "-v:q").ConfigureAwait(false));
        report.Row("the same, nothing changed", await DotnetAsync("msbuild", project, "-t:TogetherAIGenerate", "-v:q").ConfigureAwait(false));
    }

    private static async Task<double> DotnetAsync(params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        await Checkout.RunDotnetAsync(arguments).ConfigureAwait(false);
        return clock.Elapsed.TotalSeconds;
    }
}
