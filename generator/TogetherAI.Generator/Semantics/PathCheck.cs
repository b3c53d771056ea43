using System.Text.RegularExpressions;
using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Semantics;

/// <summary>Paths differ, and have exactly the parameters that are declared.</summary>
internal sealed partial class PathCheck : IStep
{
    public void Run(ApiDocument document)
    {
        var templates = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        foreach (var path in document.Paths?.Entries ?? [])
        {
            var template = Placeholder().Replace(path.Key, "{}");
            if (!templates.TryAdd(template, path))
            {
                var first = templates[template];
                document.Faults.Add(
                    Codes.DuplicatePath,
                    path.KeyPlace,
                    $"The path '{path.Key}' is the same as '{first.Key}', at line {first.KeyPlace.Line}: the names of parameters do not distinguish paths. Move the operations to one of them.");
            }

            if (template.Replace("{}", "", StringComparison.Ordinal).IndexOfAny(['{', '}']) >= 0)
            {
                document.Faults.Add(Codes.PathParameter, path.KeyPlace, $"The path '{path.Key}' has an unmatched brace.");
            }
        }

        foreach (var operation in document.Operations)
        {
            Parameters(operation, document.Faults);
        }

        foreach (var owner in document.Operations.SelectMany(static operation => new[] { operation.Node, operation.PathItem }).Distinct())
        {
            Twins(document, owner);
        }
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    private static void Parameters(Operation operation, FaultList faults)
    {
        var placeholders = Placeholder().Matches(operation.Path).Select(static match => match.Groups[1].Value).ToList();
        var declared = operation.Parameters.Where(static parameter => parameter.In == "path").ToList();
        foreach (var parameter in declared)
        {
            if (!placeholders.Contains(parameter.Name))
            {
                faults.Add(
                    Codes.PathParameter,
                    parameter.Place,
                    $"{operation} has the parameter '{parameter.Name}', which is not in its path. Write {{{parameter.Name}}} into the path, or remove the parameter.");
            }
            else if (!parameter.Node.IsTrue("required"))
            {
                faults.Add(Codes.PathParameter, parameter.Place, $"The parameter '{parameter.Name}' is part of a path, and so must say 'required: true'.");
            }
        }

        foreach (var missing in placeholders.Distinct().Where(name => !declared.Exists(parameter => parameter.Name == name)))
        {
            faults.Add(
                Codes.PathParameter,
                operation.Place,
                $"{operation} does not declare the parameter '{missing}' that is in its path. Add it to 'parameters', with 'in: path'.");
        }
    }

    private static void Twins(ApiDocument document, MapNode owner)
    {
        var known = new Dictionary<(string, string?), Place>();
        foreach (var item in owner.List("parameters")?.Items ?? [])
        {
            if (document.Follow(item) is not { } node || !node.Has("name"))
            {
                continue;
            }

            var parameter = new Parameter(item, node);
            if (!known.TryAdd((parameter.Name, parameter.In), item.Place))
            {
                document.Faults.Add(
                    Codes.DuplicateParameter,
                    item.Place,
                    $"The parameter '{parameter.Name}' in {parameter.In} is already at line {known[(parameter.Name, parameter.In)].Line}. Remove one of them.");
            }

            if (parameter.Schema is null)
            {
                document.Faults.Add(Codes.MissingKey, node.Place, $"The parameter '{parameter.Name}' needs the key 'schema'.");
            }
        }
    }
}
