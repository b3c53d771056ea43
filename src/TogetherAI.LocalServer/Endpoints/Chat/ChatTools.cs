using System.Text.Json;
using System.Text.RegularExpressions;
using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Chat;

/// <summary>The tools that a request offers, and which of them it wants to be called.</summary>
internal sealed partial class ChatTools
{
    private const int ShortestWord = 4;

    // Of all calls together, in characters; each choice of an answer has them.
    private const int MostArguments = 1_000_000;

    private readonly List<(string Name, JsonElement? Schema)> _tools;
    private readonly string _choice;

    private ChatTools(List<(string Name, JsonElement? Schema)> tools, string choice)
    {
        _tools = tools;
        _choice = choice;
        if (choice is not ("auto" or "none" or "required") && tools.TrueForAll(tool => tool.Name != choice))
        {
            throw ApiErrorException.Invalid($"tool_choice names {choice}, which is not among the tools.", "tool_choice");
        }

        if (choice == "required" && tools.Count == 0)
        {
            throw ApiErrorException.Invalid("tool_choice asks for a call, but there are no tools.", "tool_choice");
        }
    }

    /// <summary>The tools of a request in another form.</summary>
    /// <param name="tools">Their names and the schemas of their arguments.</param>
    /// <param name="choice"><c>auto</c>, <c>none</c>, <c>required</c>, or the name of one.</param>
    public static ChatTools Of(IEnumerable<(string Name, JsonElement? Schema)> tools, string choice) => new([.. tools], choice);

    public static ChatTools Read(JsonFields fields)
        => new([.. fields.Items("tools").Select(Tool)], Choice(fields["tool_choice"]));

    /// <summary>The calls that respond to a conversation, without ids; none where text is the better response.</summary>
    public IReadOnlyList<ChatToolCall> Calls(ChatMessage last)
    {
        var wanted = _choice switch
        {
            "none" => [],
            "auto" => last.Role == "user" ? Asked(last.Text) : [],
            "required" => Asked(last.Text) is { Count: > 0 } asked ? asked : _tools[..1],
            var name => _tools.Where(tool => tool.Name == name).ToList(),
        };
        var calls = new List<ChatToolCall>();
        var length = 0;
        foreach (var (name, schema) in wanted)
        {
            var arguments = SchemaSample.Create(schema, "tools");
            length += arguments.Length;
            if (length > MostArguments)
            {
                throw ApiErrorException.Invalid($"The arguments of the tools have more than {MostArguments} characters together.", "tools");
            }

            calls.Add(new ChatToolCall("", name, arguments));
        }

        return calls;
    }

    // A tool is asked for by its name, by a word of its name, or as "a tool".
    private List<(string Name, JsonElement? Schema)> Asked(string prompt)
    {
        var byName = _tools.Where(tool => prompt.Contains(tool.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (byName.Count > 0)
        {
            return byName;
        }

        var words = Words().Matches(prompt).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var byWord = _tools.Where(tool => Words().Matches(tool.Name).Any(match => match.Length >= ShortestWord && words.Contains(match.Value))).ToList();
        return byWord.Count > 0 ? byWord
            : words.Overlaps(["tool", "tools", "function", "functions"]) ? [.. _tools.Take(1)]
            : [];
    }

    private static (string Name, JsonElement? Schema) Tool(JsonElement tool)
    {
        if (Property(tool, "function") is not { } function || Property(function, "name") is not { ValueKind: JsonValueKind.String } name)
        {
            throw ApiErrorException.Invalid("Each tool needs a function with a name.", "tools");
        }

        return (name.GetString()!, Property(function, "parameters"));
    }

    private static string Choice(JsonElement? choice) => choice switch
    {
        null => "auto",
        { ValueKind: JsonValueKind.String } word => word.GetString()!,
        { } named when Property(named, "function") is { } function && Property(function, "name") is { ValueKind: JsonValueKind.String } name => name.GetString()!,
        _ => throw ApiErrorException.Invalid("tool_choice must be auto, none, required or a function with a name.", "tool_choice"),
    };

    private static JsonElement? Property(JsonElement item, string name)
        => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // The words of a sentence, and those of a name such as get_weather or getWeather.
    [GeneratedRegex(@"\p{Lu}?\p{Ll}+|\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
