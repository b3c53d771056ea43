using System.Text;

namespace TogetherAI.Generator.Naming;

/// <summary>Makes identifiers of C# from any text.</summary>
internal static class CSharpIdentifier
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort",
        "using", "virtual", "void", "volatile", "while",
    ];

    /// <summary>The words of a text, joined in PascalCase: <c>max_tokens</c> is <c>MaxTokens</c>.</summary>
    /// <param name="text">Any text. Quotation marks are left out; other signs part words.</param>
    /// <param name="otherwise">What a name begins with that would begin with a digit or be empty.</param>
    public static string Pascal(string text, string otherwise = "Value")
    {
        var name = new StringBuilder(text.Length);
        var atStart = true;
        foreach (var character in text)
        {
            if (!char.IsLetterOrDigit(character))
            {
                atStart |= character is not ('"' or '\'');
                continue;
            }

            name.Append(atStart ? char.ToUpperInvariant(character) : character);
            atStart = false;
        }

        return name.Length == 0 || !char.IsLetter(name[0]) ? otherwise + name : name.ToString();
    }

    /// <summary>The same for a type: NSwag takes only what ASCII has for the name of one.</summary>
    public static string PascalAscii(string text)
        => Pascal(string.Concat(text.Select(static character => char.IsAscii(character) || !char.IsLetterOrDigit(character) ? character.ToString() : $"U{(int)character:X4}")), "Schema");

    /// <summary>A name in camelCase.</summary>
    public static string Camel(string pascal) => char.ToLowerInvariant(pascal[0]) + pascal[1..];

    /// <summary>A name as C# reads it: with a sign before a keyword.</summary>
    public static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary>Whether a person may give a member or a type this name.</summary>
    public static bool IsValid(string name)
        => name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(static character => char.IsLetterOrDigit(character) || character == '_') && !Keywords.Contains(name);
}
