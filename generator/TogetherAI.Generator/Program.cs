using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Reading;
using TogetherAI.Generator.Writing;

// Reads an OpenAPI document strictly, and writes the form of it that NSwag reads.
// Usage: TogetherAI.Generator generate DOCUMENT OUTPUT
if (args is not ["generate", var document, var output])
{
    Console.Error.WriteLine("Usage: TogetherAI.Generator generate DOCUMENT OUTPUT");
    return 2;
}

var faults = new FaultList();
try
{
    var root = DocumentReader.ReadFile(document, document, faults);
    if (faults.IsEmpty)
    {
        File.WriteAllBytes(output, JsonNodeWriter.Write(root));
        return 0;
    }
}
catch (DocumentException exception)
{
    faults.Add(exception.Code, exception.Place, exception.Message);
}

foreach (var fault in faults.Sorted)
{
    Console.WriteLine(fault);
}

return 1;
