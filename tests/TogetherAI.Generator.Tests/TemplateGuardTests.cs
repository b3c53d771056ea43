using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests;

/// <summary>
/// Our templates were written against NSwag's own. Where an upgrade changes an original, somebody must look whether ours
/// has to follow; then the hash here is brought up to date.
/// </summary>
public sealed class TemplateGuardTests
{
    private static readonly Dictionary<string, string> Originals = new()
    {
        ["Class"] = "d2b2ed6039c12533677cc36433e2c6bdc3f7268154afad76f0918cc1ceb74396",
        ["Client.Class"] = "2d5351ff165e2998298ba85860f501c1e78e0ebd1bc2bab193c0a960435b6060",
        ["Client.Interface"] = "1fd15079de783ce37219b32932146afd04fa6179869c2a36aa0f2a0708580bb7",
        ["Client.Method.Documentation"] = "810f00eb5e9291252f21608c9e61ae008907df422cdd6bc29250bff0e8402a7f",
        ["Enum"] = "761ac7920d4de9a204a6e74d21b9bad1770778998a82451b15d410d42c070919",
    };

    // Parts of ours that NSwag has no counterpart of.
    private static readonly string[] Ours = ["Class.Constructors", "Class.Type", "Client.Extensions", "Client.Method.Extension", "Client.Method.Pages", "Client.Method.Call", "Client.Method.Parameters", "Client.Method.Result", "Client.Method.StreamDocumentation", "Client.Method.WaitDocumentation", "Client.Method.WaitParameters", "Obsolete", "Union", "Words"];

    private static IEnumerable<string> Replaced => Originals.Keys;

    [TestCaseSource(nameof(Replaced))]
    public void Original_of_a_replaced_template_is_the_one_that_ours_was_written_against(string template)
    {
        var original = OriginalOf(template);

        Assert.That(original, Is.Not.Null, $"NSwag has no template {template} any more.");
        Assert.That(
            Convert.ToHexStringLower(SHA256.HashData(original!)),
            Is.EqualTo(Originals[template]),
            $"NSwag's own {template}.liquid has changed. Compare it with generator/Templates/{template}.liquid, then put its hash here.");
    }

    [Test]
    public void Template_folder_holds_nothing_that_is_not_guarded()
    {
        var templates = Directory.GetFiles(Path.Combine(BuildFacts.RepositoryRoot, "generator", "Templates"))
            .Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.That(templates, Is.EquivalentTo(Originals.Keys.Concat(Ours)));
    }

    [Test]
    public void Template_only_renders_and_refuses_nothing()
    {
        var texts = Directory.GetFiles(Path.Combine(BuildFacts.RepositoryRoot, "generator", "Templates")).Select(File.ReadAllText);

        Assert.That(texts, Has.None.Contains("#error"));
    }

    [Test]
    public void Template_of_ours_shares_no_name_with_one_of_NSwag([ValueSource(nameof(Ours))] string template)
    {
        Assert.That(OriginalOf(template), Is.Null);
    }

    private static byte[]? OriginalOf(string template)
    {
        foreach (var assembly in new[] { "NSwag.CodeGeneration.CSharp", "NJsonSchema.CodeGeneration.CSharp" })
        {
            var path = Path.Combine(BuildFacts.NSwagPackage, "tools", "Net100", assembly + ".dll");
            if (ReadResource(path, $"{assembly}.Templates.{template}.liquid") is { } content)
            {
                return content;
            }
        }

        return null;
    }

    private static byte[]? ReadResource(string path, string name)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        foreach (var resource in metadata.ManifestResources.Select(metadata.GetManifestResource))
        {
            if (metadata.StringComparer.Equals(resource.Name, name))
            {
                var section = file.GetSectionData(file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
                var reader = section.GetReader((int)resource.Offset, section.Length - (int)resource.Offset);
                return reader.ReadBytes(reader.ReadInt32());
            }
        }

        return null;
    }

    [Test]
    public void Settings_of_a_repository_made_by_the_template_differ_only_in_what_is_written_by_hand_here()
    {
        var ours = Settings("nswag.json");
        var theirs = Settings(Path.Combine(".template", "nswag.json"));

        Assert.That(JsonNode.DeepEquals(ours, theirs), $"{ours}\n\n{theirs}");

        static JsonNode Settings(string file)
        {
            var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(BuildFacts.RepositoryRoot, file)))!;
            var client = settings["codeGenerators"]!["openApiToCSharpClient"]!.AsObject();
            Assert.That(client.Remove("excludedTypeNames") && client.Remove("generateStreamMethods"), file);
            return settings;
        }
    }
}
