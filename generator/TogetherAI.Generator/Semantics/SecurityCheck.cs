using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>Security requirements name schemes that there are, and schemes say what their type needs.</summary>
internal sealed class SecurityCheck : IStep
{
    private static readonly Dictionary<string, string[]> Needs = new()
    {
        ["apiKey"] = ["name", "in"],
        ["http"] = ["scheme"],
        ["oauth2"] = ["flows"],
        ["openIdConnect"] = ["openIdConnectUrl"],
    };

    public void Run(ApiDocument document)
    {
        var schemes = document.Root.Map("components")?.Map("securitySchemes");
        foreach (var (node, type) in DocumentWalk.Objects(OpenApiTable.Of(document.Version), document.Root))
        {
            if (type == "SecurityRequirement")
            {
                foreach (var entry in node.Entries.Where(entry => schemes?.Has(entry.Key) != true))
                {
                    document.Faults.Add(
                        Codes.Security,
                        entry.KeyPlace,
                        $"There is no security scheme '{entry.Key}' under components/securitySchemes.{Suggestion.For(entry.Key, schemes?.Keys ?? [])}");
                }
            }
            else if (type == "SecurityScheme" && node.Text("type") is { } kind && Needs.TryGetValue(kind, out var needed))
            {
                foreach (var key in needed.Where(key => !node.Has(key)))
                {
                    document.Faults.Add(Codes.MissingKey, node.Place, $"A security scheme of the type {kind} needs the key '{key}'.");
                }

                if (kind == "apiKey" && node.Text("in") is ("header" or "cookie") and var where && node["name"] is ScalarNode name && !HeaderName.IsValid(name.Text))
                {
                    document.Faults.Add(Codes.HeaderName, name.Place, $"The security scheme has the {where} '{name.Text}', which cannot be the name of a {where}. {HeaderName.Rule}");
                }
            }
        }
    }
}
