using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace TogetherAI.Benchmarks.Reports;

/// <summary>Writes Markdown.</summary>
internal sealed class Report(TextWriter writer)
{
    public void Machine()
    {
        Heading("Machine");
        Line($"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.FrameworkDescription}.");
        Line($"Peers: OpenAI {Version(typeof(OpenAI.OpenAIClient))}, Microsoft.Extensions.AI.OpenAI {Version(typeof(Microsoft.Extensions.AI.OpenAIClientExtensions))}, Anthropic {Version(typeof(Anthropic.AnthropicClient))}, Refit {Version(typeof(Refit.RestService))}, Newtonsoft.Json {Version(typeof(Newtonsoft.Json.JsonConvert))}.");
    }

    public void Heading(string text) => writer.WriteLine($"\n## {text}\n");

    public void Line(string text) => writer.WriteLine(text);

    public void Row(params object[] cells) => writer.WriteLine("| " + string.Join(" | ", cells.Select(Text)) + " |");

    public void Header(params string[] cells)
    {
        Row([.. cells]);
        Row([.. cells.Select(_ => "---")]);
    }

    private static string Text(object cell) => cell switch
    {
        double.NaN => "",
        double number => number.ToString(number >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    // Without the commit that stands after it.
    private static string Version(Type type)
        => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Processor()
    {
        const string File = "/proc/cpuinfo";
        var line = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':')[1].Trim() ?? "unknown";
    }
}
