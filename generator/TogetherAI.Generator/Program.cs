using System.Text;
using TogetherAI.Generator;
using TogetherAI.Generator.Drift;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

// Reads an OpenAPI document strictly, and writes the form of it that NSwag reads; or compares it with another one.
const string Usage = """
    Usage: TogetherAI.Generator drift DOCUMENT OTHER [--accepted FILE]
           TogetherAI.Generator generate DOCUMENT OUTPUT [options]
      --settings FILE   nswag.json
      --sources FOLDER  the client's hand-written code, whose types no schema may hide
      --files FILE      writes which files were read
    """;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (args is ["drift", var ours, var theirs, .. ([] or ["--accepted", _]) and var drifting])
{
    return new DriftCommand(ours, theirs, drifting.LastOrDefault()).Run(Console.Out);
}

if (args is not ["generate", var document, var output, .. var options])
{
    Console.Error.WriteLine(Usage);
    return 2;
}

IReadOnlyList<Fault> faults;
try
{
    faults = new GenerateCommand(document, output, Option("--settings"), Option("--sources"), Option("--files")).Run();
}
catch (Exception exception)
{
    // A fault of the program, not of the document: whoever reports it needs the place in the program.
    Console.Error.WriteLine(exception);
    faults = [new Fault(Codes.Internal, new Place(document, 1, 1), OneLine.Of($"The generator itself failed: {exception.GetType().Name}: {exception.Message}"))];
}

foreach (var fault in faults)
{
    Console.WriteLine(fault);
}

return faults.All(static fault => fault.IsWarning) ? 0 : 1;

string? Option(string name)
{
    var position = Array.IndexOf(options, name);
    return position >= 0 && position + 1 < options.Length ? options[position + 1] : null;
}
