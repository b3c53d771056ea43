using System.Text;
using TogetherAI.Fuzzing.Inputs;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>A part of the client that is fed inputs.</summary>
internal abstract class FuzzTarget
{
    // As few as can stand for what a JSON reader treats apart.
    private static readonly string[] OddValues =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.0", "1.5", "1e2", "1E400", "-1e-400", "0.1", "2147483648", "9223372036854775808", "18446744073709551615",
        "123456789012345678901234567890", "NaN", "-Infinity", "Infinity", "01", "0x1F", "+1", ".5", "1.", "undefined",
        "\"\"", "\" \"", "\"0\"", "\"1.5\"", "\"true\"", "\"null\"", "\"NaN\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"\\n\"", "\"\\x\"", "'single'",
        "\"2026-01-01T00:00:00Z\"", "\"AAECAw==\"", "\"AAE\"", "\"é日😀\"", "\"$type\"", "\"type\"", "\"unknown\"",
        "{}", "[]", "[null]", "[[]]", "[{}]", "[\"a\",\"b\"]", "[1,2]", "{\"a\":1}", "{\"type\":\"text\",\"text\":\"a\"}", "{\"type\":\"new\"}",
        ",", ":", "{", "}", "[", "]", "\"", "\\", "/*c*/", "//c\n", "\u00a0", "\ufeff", " ", "\n", "\t", "\u2028", "\u0085",
    ];

    /// <summary>Pieces that are put into inputs.</summary>
    public abstract byte[][] Words { get; }

    /// <summary>What a run begins with.</summary>
    public abstract IEnumerable<FuzzInput> Seeds();

    /// <summary>Runs one input.</summary>
    /// <exception cref="Exception">It has shown a fault.</exception>
    public abstract void Check(FuzzInput input);

    /// <summary>Another header, now and then.</summary>
    public abstract string Mutate(string header, Random random);

    /// <summary>Odd values, and the names of all fields, as bytes.</summary>
    protected static IEnumerable<byte[]> JsonWords(IEnumerable<string> names)
        => OddValues.Concat(names.Distinct().Select(name => $"\"{name}\":")).Select(Encoding.UTF8.GetBytes);
}
