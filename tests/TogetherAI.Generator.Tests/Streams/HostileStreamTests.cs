using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Streams;

/// <summary>Names of events, terminators, flags and paths of a document stay literals and comments.</summary>
public sealed class HostileStreamTests
{
    private const string Hostile = "`\"; } /* */ class Evil { } // </summary> {{ 1 }} {% raw %} \\\r\n} class Evil { }\u2028class Evil { }\n#error evil\n";

    // Names that the class of a union has anyway, or that C# does not take.
    private static readonly string[] Events = [Hostile, "", "class", "Value", "value", "EventName", "Unknown", "ReadEvent", "FromUnknown", "Converter", "Arms", "50%", "1", "Equals", "a", "FromA", "FromFromA"];

    [Test, CancelAfter(120_000)]
    public async Task Hostile_text_in_what_describes_a_stream_stays_inert(CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(Hostile);
        var arms = string.Join(", ", Events.Select(static name => $"{{\"properties\": {{\"event\": {{\"const\": {JsonSerializer.Serialize(name)}}}, \"data\": {{\"type\": \"object\", \"properties\": {{\"a\": {{\"type\": \"string\"}}}}}}}}}}"));
        var compilation = await ForeignClient.CompileAsync(
            """
            {"openapi": "3.2.0", "info": {"title": TEXT, "version": "1"}, "paths": {
              "/named": {"get": {"summary": TEXT, "operationId": "named", "deprecated": true, "responses": {"200": {"description": TEXT, "content": {"text/event-stream": {"itemSchema": {"type": "object", "oneOf": [ARMS]}}}}}}},
              "/terminator": {"post": {"operationId": "terminator", "x-speakeasy-stream-request-field": TEXT, "x-stream": {"text": [NAME], "finish_reason": NAME},
                "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {TEXT: {"type": "boolean"}}}}}},
                "responses": {"200": {"description": "D.", "content": {"application/json": {"schema": {"type": "object"}}, "text/event-stream": {"x-speakeasy-sse-sentinel": TEXT, "schema": {"type": "object", "properties": {NAME: {"type": "string"}}}}}}}}}
            }}
            """.Replace("TEXT", text, StringComparison.Ordinal)
                // Slashes part the names of a path.
                .Replace("NAME", text.Replace("/", "", StringComparison.Ordinal), StringComparison.Ordinal)
                .Replace("ARMS", arms, StringComparison.Ordinal),
            cancellationToken);

        ClientCompiler.RequireSuccess(compilation);
        var names = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes().OfType<BaseTypeDeclarationSyntax>()).Select(static type => type.Identifier.Text).ToList();
        Assert.That(names, Does.Contain("NamedEventModel"));
        Assert.That(names, Does.Not.Contain("Evil"));
    }
}
