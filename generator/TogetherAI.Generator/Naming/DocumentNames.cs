using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Naming;

/// <summary>The names in C# of all that a document names.</summary>
/// <remarks>Invariant: names of one scope differ, and each is an identifier.</remarks>
internal sealed class DocumentNames
{
    private const string GivenName = "x-csharp-name";

    // What a generated class and a word have anyway.
    private static readonly string[] OfEveryType = ["Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize"];
    private static readonly string[] OfEveryClass = [.. OfEveryType, "AdditionalProperties", "Clone", "FieldRule", "Newtonsoft", "ReadFields", "ReadUtf8", "Utf8List", "Utf8Map", "Utf8Memory", "Utf8Names", "Utf8Object", "Utf8Primitives", "Utf8Reader", "Utf8Rules", "Utf8Seconds", "Utf8Union", "Validation"];
    private static readonly string[] OfEveryUnion = [.. OfEveryClass, "Arms", "Converter", "EventName", "FromUnknown", "ReadEvent", "Unknown", "Value"];
    private static readonly string[] OfEveryCollection = [.. OfEveryUnion, "Create", "GetEnumerator"];
    private static readonly string[] OfEveryWord = [.. OfEveryType, "ReadUtf8", "Utf8Reader", "Value", "Values"];
    private static readonly string[] OfEveryMethod = ["Call", "Client", "Request", "Parameters", "Options", "CancellationToken"];

    private readonly ApiDocument _document;
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<MapNode, IReadOnlyDictionary<string, string>> _fields = [];
    private readonly Dictionary<MapNode, IReadOnlyDictionary<string, string>> _parameters = [];
    private readonly Dictionary<MapNode, IReadOnlyDictionary<string, string>> _sent = [];
    private readonly Dictionary<MapNode, IReadOnlyList<string>> _words = [];

    /// <summary>Decides all names. A given name that cannot be is a fault.</summary>
    /// <param name="document">The document, lifted.</param>
    /// <param name="reserved">Names that no type may have.</param>
    public DocumentNames(ApiDocument document, IReadOnlySet<string> reserved)
    {
        _document = document;
        Types(reserved);
        var named = new Dictionary<Node, string>();
        foreach (var entry in document.Schemas?.Entries ?? [])
        {
            named.TryAdd(entry.Value, _types[entry.Key]);
        }

        foreach (var (schema, _) in DocumentWalk.Objects(OpenApiTable.Of(document.Version), document.Root).Where(static found => found.Type == "Schema"))
        {
            var owner = named.GetValueOrDefault(schema);
            if (schema.Map("properties") is { } properties)
            {
                _fields.TryAdd(schema, Fields(properties, owner, TakenIn(schema), isUnion: schema.Has("x-union")));
                _parameters.TryAdd(schema, Unique([], _fields[schema], CSharpIdentifier.Camel));
                _sent.TryAdd(schema, Unique([.. _fields[schema].Values, .. OfEveryClass], _fields[schema], static name => "Sent" + name));
            }

            if (schema.List("enum") is { } values)
            {
                _words.TryAdd(schema, Words(schema, values, owner));
            }
        }
    }

    /// <summary>The class of a schema under <c>components</c>.</summary>
    public string TypeOf(string schema) => _types[schema];

    /// <summary>The properties of a class, by the names of the fields.</summary>
    public IReadOnlyDictionary<string, string> FieldsOf(MapNode schema) => _fields[schema];

    /// <summary>The parameters of its constructor, by the names of the fields; keywords are not escaped.</summary>
    public IReadOnlyDictionary<string, string> ParametersOf(MapNode schema) => _parameters[schema];

    /// <summary>The private properties with the lists and maps that a response has, by the names of the fields.</summary>
    public IReadOnlyDictionary<string, string> SentOf(MapNode schema) => _sent[schema];

    /// <summary>The members for the words of a set, in their order; null is none.</summary>
    public IReadOnlyList<string> WordsOf(MapNode schema) => _words[schema];

    /// <summary>The names of parameters in camelCase, in their order; keywords are not escaped.</summary>
    public IReadOnlyList<string> ParametersOf(IReadOnlyList<Parameter> parameters)
    {
        var scope = new NameScope(OfEveryMethod);
        var given = parameters.Select(parameter => Given(scope, parameter.Node)).ToList();
        return [.. parameters.Select((parameter, index) => CSharpIdentifier.Camel(given[index] ?? scope.Take(CSharpIdentifier.Pascal(parameter.Name))))];
    }

    private string? Given(NameScope scope, Node? node)
        => node is MapNode map && map[GivenName] is ScalarNode { IsText: true } name ? scope.TakeGiven(name, _document.Faults) : null;

    private void Types(IReadOnlySet<string> reserved)
    {
        var made = (_document.Schemas?.Entries ?? []).Where(static schema => (schema.Value as MapNode)?.Has(MadeNames.Word) == true).ToList();
        var schemas = (_document.Schemas?.Entries ?? []).Except(made).ToList();
        var handWritten = _document.Settings.HandWrittenTypes;
        // The empty word is the client that has all others.
        var clients = _document.Operations.Select(OperationNames.ClientOf).Append("").Distinct()
            .Select(client => _document.Settings.ClientName.Replace("{controller}", client, StringComparison.Ordinal))
            .SelectMany(static client => new[] { client, "I" + client, client + "Extensions" });
        var scope = new NameScope(handWritten.Concat(clients).Append(GeneratorSettings.FileUpload));
        foreach (var schema in schemas.Where(schema => handWritten.Contains(schema.Key)))
        {
            _types.Add(schema.Key, schema.Key);
        }

        foreach (var schema in schemas.Where(schema => !_types.ContainsKey(schema.Key)))
        {
            if (Given(scope, schema.Value) is { } given)
            {
                _types.Add(schema.Key, given);
            }
        }

        // A name that is right as it stands has precedence over one that only comes out the same.
        foreach (var schema in schemas.Where(schema => !_types.ContainsKey(schema.Key)).OrderBy(static schema => CSharpIdentifier.PascalAscii(schema.Key) != schema.Key))
        {
            var name = CSharpIdentifier.PascalAscii(schema.Key);
            _types.Add(schema.Key, scope.Take(reserved.Contains(name) || MembersOf(schema.Value).Contains(name) ? name + "Model" : name));
        }

        foreach (var schema in made)
        {
            _types.Add(schema.Key, Made(scope, (MapNode)schema.Value, reserved));
        }
    }

    // A number behind a name that is taken would be nobody's choice, and change with the document.
    private string Made(NameScope scope, MapNode schema, IReadOnlySet<string> reserved)
    {
        var name = (ScalarNode)schema[MadeNames.Word]!;
        if (!reserved.Contains(name.Text) && scope.TryTake(name.Text))
        {
            return name.Text;
        }

        _document.Faults.Add(Codes.Name, name.Place, $"A type of this operation would be called '{name.Text}', which is taken or no name in C#. Name it with '{(schema.Has(ListResponses.Word) ? MadeNames.ResponseName : MadeNames.RequestName)}' at the operation.");
        return scope.Take(name.Text);
    }

    // No member of a class may have the name of the class.
    private static string[] MembersOf(Node schema) => schema switch
    {
        MapNode union when union.Has("x-union") => TakenIn(union),
        MapNode words when words.Has("enum") => OfEveryWord,
        _ => OfEveryClass,
    };

    private static string[] TakenIn(MapNode schema)
        => !schema.Has("x-union") ? OfEveryClass : schema.Has(Unions.Collection) ? OfEveryCollection : OfEveryUnion;

    // A union has a method beside each property, which makes a value of its type.
    private Dictionary<string, string> Fields(MapNode properties, string? owner, string[] taken, bool isUnion)
    {
        var scope = new NameScope(owner is null ? taken : taken.Append(owner));
        var given = properties.Entries.ToDictionary(static field => field.Key, field => Given(scope, field.Value), StringComparer.Ordinal);
        return properties.Entries.ToDictionary(
            static field => field.Key,
            field => given[field.Key] ?? scope.Take(CSharpIdentifier.Pascal(field.Key), isUnion ? "From" : null),
            StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Unique(IEnumerable<string> taken, IReadOnlyDictionary<string, string> names, Func<string, string> convert)
    {
        var scope = new NameScope(taken);
        return names.ToDictionary(static field => field.Key, field => scope.Take(convert(field.Value)), StringComparer.Ordinal);
    }

    private static List<string> Words(MapNode schema, ListNode values, string? owner)
    {
        var scope = new NameScope(owner is null ? OfEveryWord : OfEveryWord.Append(owner));
        var names = (schema.List("x-enumNames") ?? schema.List("x-enum-varnames"))?.Texts.ToList();
        return
        [
            .. values.Items.OfType<ScalarNode>()
                .Select((value, index) => (Value: value, Name: names?.ElementAtOrDefault(index) ?? value.Text))
                .Where(static word => !word.Value.IsNull)
                .Select(word => scope.Take(CSharpIdentifier.Pascal(word.Name))),
        ];
    }
}
