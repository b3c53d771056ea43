using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Loading;

/// <summary>
/// Makes one document of several files: what a reference names in another file becomes a component with a name of its
/// own. Paths and media types, which have no components in 3.0, are put where the reference stands.
/// </summary>
internal sealed class Bundler
{
    private static readonly Dictionary<string, string> Components = new()
    {
        ["Schema"] = "schemas",
        ["Response"] = "responses",
        ["Parameter"] = "parameters",
        ["Example"] = "examples",
        ["RequestBody"] = "requestBodies",
        ["Header"] = "headers",
        ["SecurityScheme"] = "securitySchemes",
        ["Link"] = "links",
        ["Callback"] = "callbacks",
    };

    private readonly SourceFiles _files;
    private readonly FaultList _faults;
    private readonly OpenApiTable _table;
    private readonly SourceFile _main;
    private readonly MapNode _root;
    private readonly Dictionary<(string Path, string Pointer, string Type), string> _imported = [];
    private readonly HashSet<(string Path, string Pointer)> _inlining = [];

    private Bundler(SourceFiles files, SourceFile main, MapNode root, FaultList faults)
    {
        _files = files;
        _faults = faults;
        _main = main;
        _root = root;
        _table = OpenApiTable.Of(OpenApiVersions.Of(root.Text("openapi")));
    }

    /// <summary>Bundles a file with those that it refers to.</summary>
    /// <param name="files">Reads the other files.</param>
    /// <param name="main">The file that holds the document.</param>
    /// <param name="faults">Takes references that lead nowhere in other files, or to other hosts.</param>
    /// <exception cref="DocumentException">The file holds no map.</exception>
    public static MapNode Bundle(SourceFiles files, SourceFile main, FaultList faults)
    {
        if (main.Root.Clone() is not MapNode root)
        {
            throw new DocumentException(Codes.ValueType, main.Root.Place, $"An OpenAPI document must be a map, not {main.Root.Kind}.");
        }

        new Bundler(files, main, root, faults).Rewrite(root, "Document", main);
        return root;
    }

    private void Rewrite(Node node, string type, SourceFile file)
    {
        foreach (var found in DocumentWalk.Objects(_table, node, type).ToList())
        {
            if (found.Node["$ref"] is ScalarNode { IsText: true } reference)
            {
                Reference(found.Node, reference, found.Type, file);
            }
            else if (found.Type == "Discriminator" && found.Node["mapping"] is MapNode mapping)
            {
                Mapping(mapping, file);
            }
        }
    }

    private void Reference(MapNode map, ScalarNode reference, string type, SourceFile file)
    {
        if (Target(reference, file) is not { } target)
        {
            return;
        }

        if (!Components.ContainsKey(type))
        {
            Inline(map, reference, type, target.File, target.Pointer);
        }
        else if (Import(reference, type, target.File, target.Pointer) is { } pointer)
        {
            map.Set("$ref", ScalarNode.FromText(pointer, reference.Place));
        }
    }

    // A value is a reference or the name of a schema; names have no slash and no ending.
    private void Mapping(MapNode mapping, SourceFile file)
    {
        foreach (var entry in mapping.Entries.ToList())
        {
            if (entry.Value is ScalarNode { IsText: true } value
                && (value.Text.Contains('/', StringComparison.Ordinal) || Path.GetExtension(value.Text) is ".yaml" or ".yml" or ".json")
                && Target(value, file) is { } target
                && Import(value, "Schema", target.File, target.Pointer) is { } pointer)
            {
                mapping.Set(entry.Key, ScalarNode.FromText(pointer, value.Place));
            }
        }
    }

    private (SourceFile File, string Pointer)? Target(ScalarNode reference, SourceFile file)
    {
        var parts = reference.Text.Split('#', 2);
        var pointer = "#" + (parts.Length > 1 ? parts[1] : "");
        if (parts[0].Length == 0)
        {
            return (file, pointer);
        }

        if (Uri.TryCreate(parts[0], UriKind.Absolute, out var uri) && parts[0].Contains(':', StringComparison.Ordinal))
        {
            _faults.Add(
                Codes.RemoteReference,
                reference.Place,
                $"The reference '{reference.Text}' leads to another host ({uri.Scheme}). Save its target beside the document, and refer to that file.");
            return null;
        }

        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file.Path)!, Uri.UnescapeDataString(parts[0])));
        return _files.Open(path, reference.Place) is { } other ? (other, pointer) : null;
    }

    private string? Import(ScalarNode reference, string type, SourceFile file, string pointer)
    {
        // What the main file names in itself stays; whether it is there is checked with all other references.
        if (file == _main)
        {
            return pointer;
        }

        var key = (file.Path, pointer, type);
        if (_imported.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Find(reference, file, pointer) is not { } node)
        {
            return null;
        }

        var component = Component(Components[type]);
        var name = FreeName(component, NameFor(file, pointer));
        var created = JsonPointer.Create("components", Components[type], name);
        _imported.Add(key, created);
        var copy = node.Clone();
        component.Add(name, copy);
        Rewrite(copy, type, file);
        return created;
    }

    private void Inline(MapNode map, ScalarNode reference, string type, SourceFile file, string pointer)
    {
        if (Find(reference, file, pointer) is not MapNode node)
        {
            return;
        }

        if (!_inlining.Add((file.Path, pointer)))
        {
            _faults.Add(Codes.DanglingReference, reference.Place, $"The reference '{reference.Text}' leads back to itself.");
            return;
        }

        var copy = (MapNode)node.Clone();
        Rewrite(copy, type, file);
        map.Remove("$ref");
        foreach (var entry in copy.Entries.Where(entry => !map.Has(entry.Key)))
        {
            map.Add(entry.Key, entry.Value, entry.KeyPlace);
        }

        _inlining.Remove((file.Path, pointer));
    }

    private Node? Find(ScalarNode reference, SourceFile file, string pointer)
    {
        Node? node = null;
        if (JsonPointer.TryParse(pointer, out var segments))
        {
            node = segments.Aggregate((Node?)file.Root, JsonPointer.Step);
        }

        if (node is null)
        {
            _faults.Add(Codes.DanglingReference, reference.Place, $"The reference '{reference.Text}' names nothing: '{file.Root.Place.File}' has no {pointer}.");
        }

        return node;
    }

    private MapNode Component(string kind)
    {
        if (_root["components"] is not MapNode components)
        {
            components = new MapNode(_root.Place);
            _root.Set("components", components);
        }

        if (components[kind] is not MapNode map)
        {
            map = new MapNode(components.Place);
            components.Set(kind, map);
        }

        return map;
    }

    private static string NameFor(SourceFile file, string pointer)
        => JsonPointer.TryParse(pointer, out var segments) && segments.Count > 0 ? segments[^1] : Path.GetFileNameWithoutExtension(file.Path);

    private static string FreeName(MapNode component, string name)
        => !component.Has(name) ? name : Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{name}{number}").First(candidate => !component.Has(candidate));
}
