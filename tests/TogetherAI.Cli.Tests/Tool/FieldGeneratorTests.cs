using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TogetherAI.FieldGenerator;

namespace TogetherAI.Cli.Tests.Tool;

public sealed class FieldGeneratorTests
{
    private const string Attribute = "namespace TogetherAI.Cli.Requests { [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple = true)] internal sealed class GenerateFieldsAttribute<T> : System.Attribute; }";

    [TestCase("System.Uri"), TestCase("System.Collections.Generic.IList<System.Uri>"), TestCase("System.Collections.Generic.IDictionary<string, System.Uri[]>")]
    public void Type_that_no_option_can_read_ends_the_build_with_the_name_of_the_field(string type)
    {
        var diagnostics = Generate($"public class Later {{ [Newtonsoft.Json.JsonProperty(\"call_back\")] public {type}? CallBack {{ get; set; }} }} [TogetherAI.Cli.Requests.GenerateFields<Later>] partial class Fields;", out _);

        Assert.That(diagnostics.Select(static diagnostic => (diagnostic.Id, diagnostic.Severity)), Is.EqualTo(new[] { ("TAIF0001", DiagnosticSeverity.Error) }));
        Assert.That(diagnostics[0].GetMessage(), Does.Contain("'call_back' of 'Later'"));
    }

    [Test]
    public void Field_that_callers_cannot_set_gets_no_option()
    {
        Generate(
            "public class Later { [Newtonsoft.Json.JsonProperty(\"stream\")] internal bool? Stream { get; set; } [Newtonsoft.Json.JsonProperty(\"id\")] public string? Id { get; init; } "
            + "[Newtonsoft.Json.JsonProperty(\"text\")] public string? Text { get; set; } public string? Other { get; set; } } [TogetherAI.Cli.Requests.GenerateFields<Later>] partial class Fields;",
            out var source);

        Assert.That(source, Does.Contain("\"text\"").And.Not.Contain("\"stream\"").And.Not.Contain("\"id\"").And.Not.Contain("Other"));
    }

    private static List<Diagnostic> Generate(string source, out string generated)
    {
        var references = new[] { typeof(object), typeof(Newtonsoft.Json.JsonPropertyAttribute) }.Select(static type => MetadataReference.CreateFromFile(type.Assembly.Location)).ToList();
        references.Add(MetadataReference.CreateFromFile(AppDomain.CurrentDomain.GetAssemblies().Single(static assembly => assembly.GetName().Name == "System.Runtime").Location));
        var compilation = CSharpCompilation.Create("Later", [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText(Attribute)], references);
        var result = CSharpGeneratorDriver.Create(new FieldsGenerator()).RunGenerators(compilation).GetRunResult();
        generated = string.Concat(result.GeneratedTrees);
        return [.. result.Diagnostics];
    }
}
