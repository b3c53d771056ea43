using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TogetherAI.Generator.Reading;

/// <summary>Reads YAML 1.2 with its core schema into nodes; anchors and aliases are resolved.</summary>
internal sealed class YamlNodeReader
{
    private const int MaxDepth = 512;
    private const int MaxNodes = 5_000_000;

    // What aliases stand for is copied, which takes longer than reading.
    private const int MaxCopies = 1_000_000;

    private readonly IParser _parser;
    private readonly string _name;
    private readonly FaultList _faults;
    private readonly Dictionary<string, Node> _anchors = [];
    private int _depth;
    private int _nodes;
    private int _copies;

    private YamlNodeReader(IParser parser, string name, FaultList faults)
    {
        _parser = parser;
        _name = name;
        _faults = faults;
    }

    /// <summary>Reads the one document of a text.</summary>
    /// <exception cref="DocumentException">The text is not YAML, has no document, or more than one.</exception>
    public static Node Read(string text, string name, FaultList faults)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlNodeReader(parser, name, faults).ReadDocument();
        }
        catch (YamlException exception)
        {
            throw TabIn(text, name, exception)
                ?? new DocumentException(Codes.Syntax, PlaceOf(name, exception.Start), $"This is not YAML: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    private static Place PlaceOf(string name, Mark mark) => new(name, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    // The parser names the map around it, or nothing but what it found instead.
    private static DocumentException? TabIn(string text, string name, YamlException exception)
    {
        var lines = text.Split('\n');
        var last = exception.Message.Contains("tab", StringComparison.Ordinal) ? lines.Length : (int)exception.End.Line + 1;
        for (var line = Math.Max(1, (int)exception.Start.Line); line <= Math.Min(lines.Length, last); line++)
        {
            var indent = lines[line - 1].AsSpan(0, lines[line - 1].Length - lines[line - 1].AsSpan().TrimStart().Length);
            if (indent.IndexOf('\t') is >= 0 and var column)
            {
                return new DocumentException(Codes.Syntax, new Place(name, line, column + 1), "This is not YAML: a tab is used for indentation, where only spaces are allowed.");
            }
        }

        return null;
    }

    private DocumentException TooLarge(ParsingEvent here)
        => new(Codes.Syntax, PlaceOf(_name, here.Start), "The document is nested too deeply, or its aliases make it too large.");

    private Node ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out var end))
        {
            throw new DocumentException(Codes.Syntax, PlaceOf(_name, end.Start), "The document is empty.");
        }

        _parser.Consume<DocumentStart>();
        var node = ReadNode();
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new DocumentException(Codes.Syntax, PlaceOf(_name, second.Start), "A second document begins here. Use a separate file for each.");
        }

        return node;
    }

    private Node ReadNode()
    {
        var next = _parser.Current ?? throw new DocumentException(Codes.Syntax, new Place(_name, 1, 1), "The document ends unexpectedly.");
        if (++_depth > MaxDepth || ++_nodes > MaxNodes)
        {
            throw TooLarge(next);
        }

        var node = next switch
        {
            AnchorAlias alias => ReadAlias(alias),
            MappingStart start => ReadMap(start),
            SequenceStart start => ReadList(start),
            Scalar scalar => ReadScalar(scalar),
            _ => throw new DocumentException(Codes.Syntax, PlaceOf(_name, next.Start), "A value is expected here."),
        };
        _depth--;
        return node;
    }

    private Node ReadAlias(AnchorAlias alias)
    {
        _parser.MoveNext();
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            throw new DocumentException(Codes.Syntax, PlaceOf(_name, alias.Start), $"The alias *{alias.Value.Value} has no anchor before it.");
        }

        // Aliases of aliases multiply: what they stand for counts before it is made.
        _copies += node.Size;
        return _copies <= MaxCopies ? node.Clone() : throw TooLarge(alias);
    }

    private MapNode ReadMap(MappingStart start)
    {
        _parser.MoveNext();
        var map = new MapNode(PlaceOf(_name, start.Start));
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (_parser.Current is not Scalar key)
            {
                throw new DocumentException(Codes.Syntax, PlaceOf(_name, _parser.Current!.Start), "A key must be a string.");
            }

            _parser.MoveNext();
            DuplicateKeys.Add(map, key.Value, PlaceOf(_name, key.Start), ReadNode(), _faults);
        }

        Remember(start, map);
        return map;
    }

    private ListNode ReadList(SequenceStart start)
    {
        _parser.MoveNext();
        var list = new ListNode(PlaceOf(_name, start.Start));
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            list.Items.Add(ReadNode());
        }

        Remember(start, list);
        return list;
    }

    private ScalarNode ReadScalar(Scalar scalar)
    {
        _parser.MoveNext();
        var node = CoreSchema.Resolve(scalar, PlaceOf(_name, scalar.Start));
        Remember(scalar, node);
        return node;
    }

    private void Remember(NodeEvent source, Node node)
    {
        if (!source.Anchor.IsEmpty)
        {
            _anchors[source.Anchor.Value] = node;
        }
    }
}
