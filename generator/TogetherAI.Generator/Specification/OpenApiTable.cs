using TogetherAI.Generator.Documents;

namespace TogetherAI.Generator.Specification;

/// <summary>The objects of OpenAPI in one version, from <c>OpenApiTable.txt</c>.</summary>
internal sealed class OpenApiTable
{
    private static readonly Lazy<string[]> Lines = new(ReadLines);
    private static readonly Lazy<OpenApiTable>[] Tables =
        [.. Enum.GetValues<OpenApiVersion>().Select(static version => new Lazy<OpenApiTable>(() => new OpenApiTable(version)))];

    private readonly Dictionary<string, ObjectType> _objects = [];

    private OpenApiTable(OpenApiVersion version)
    {
        TableObject? current = null;
        foreach (var line in Lines.Value)
        {
            if (line[0] == ' ')
            {
                current!.AddKey(line.Trim(), version);
                continue;
            }

            Add(current);
            current = new TableObject(line, version);
        }

        Add(current);
    }

    public ObjectType this[string name] => _objects[name];

    public static OpenApiTable Of(OpenApiVersion version) => Tables[(int)version].Value;

    private static string[] ReadLines()
    {
        using var stream = typeof(OpenApiTable).Assembly.GetManifestResourceStream("OpenApiTable.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n').Where(static line => line.Length > 0 && line[0] != '#')];
    }

    private void Add(TableObject? item)
    {
        if (item is not null)
        {
            _objects.Add(item.Name, item.ToType());
        }
    }

    /// <summary>An object while its lines are read.</summary>
    private sealed class TableObject
    {
        private readonly Dictionary<string, KeyType> _keys = [];
        private readonly List<string> _required = [];
        private readonly Dictionary<string, OpenApiVersion> _otherVersions = [];
        private readonly bool _mayBeReference;
        private (string, KeyType)? _pattern;

        public TableObject(string line, OpenApiVersion version)
        {
            var words = line.Split(' ');
            Name = words[0];
            _mayBeReference = words.Length > 1 && (words[1] == "reference" || version == OpenApiVersion.V32);
        }

        public string Name { get; }

        public void AddKey(string line, OpenApiVersion version)
        {
            var words = line.Split(' ', 2);
            var key = words[0].Split('!');
            var rest = words[1];
            var from = OpenApiVersion.V30;
            var until = OpenApiVersion.V32;
            if (char.IsAsciiDigit(rest[0]))
            {
                from = VersionOf(rest);
                until = rest[3] == '+' ? until : from;
                rest = rest[(rest.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            }

            if (version < from || version > until)
            {
                _otherVersions.TryAdd(key[0], from);
            }
            else if (key[0][0] == '<')
            {
                _pattern = (key[0], TypeParser.Parse(rest));
            }
            else
            {
                _keys.Add(key[0], TypeParser.Parse(rest));
                if (key.Length > 1 && (key[1].Length == 0 || VersionOf(key[1]) == version))
                {
                    _required.Add(key[0]);
                }
            }
        }

        public ObjectType ToType() => new(Name, _mayBeReference, _keys, _required, _pattern, _otherVersions);

        private static OpenApiVersion VersionOf(string text) => (OpenApiVersion)(text[2] - '0');
    }
}
