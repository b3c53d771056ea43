using System.Text.RegularExpressions;

namespace TogetherAI.Tests.Conventions;

/// <summary>The words of which an identifier consists.</summary>
internal static partial class IdentifierWords
{
    // Nobody writes these out: protocols (MCP among them) and formats (WebM among them), and TopK, TopP, MinP and TopN.
    private static readonly HashSet<string> KnownWithoutVowel = ["csv", "http", "k", "m", "mcp", "mp", "n", "p", "pcm", "png"];

    private static readonly HashSet<string> Abbreviations =
    [
        "addr", "arg", "args", "attr", "avg", "bos", "bool", "buf", "cfg", "char", "cnt", "col", "concat", "conf", "config", "conn", "ctx", "cur", "curr",
        "def", "del", "desc", "dest", "dict", "dim", "dims", "dir", "doc", "docs", "elem", "emb", "enc", "env", "eos", "err", "eval", "evt", "exc", "exp", "expr", "ext",
        "finetune", "freq", "func", "gen", "hf", "idx", "img", "init", "kwarg", "kwargs", "lang", "len", "lib", "loc", "logprob", "logprobs", "lr", "mem", "misc", "msg",
        "nano", "nanos", "neg", "num", "obj", "op", "opt", "opts", "org", "param", "params", "perf", "pos", "pred", "prev", "prob", "probs", "proc", "prop", "props", "ptr",
        "pub", "qty", "rand", "rec", "ref", "refs", "repo", "req", "res", "resp", "ret", "sec", "secs", "sep", "seq", "spec", "src", "stat", "stats", "std", "str", "sum", "svc",
        "sync", "sys", "temp", "tmp", "tok", "toks", "tot", "tts", "usr", "util", "utils", "val", "vals", "var", "vars", "vec", "ver", "vid", "vol",
    ];

    /// <summary>The words, in order. Digits belong to the word before.</summary>
    public static IReadOnlyList<string> Of(string identifier) => [.. Word().Matches(identifier.Replace("TogetherAI", "Together", StringComparison.Ordinal)).Select(match => match.Value)];

    /// <summary>Whether an identifier has a word that is cut short, or of one letter alone, or an acronym in capitals.</summary>
    public static bool AreWrong(string identifier) => identifier.Length == 1 || Of(identifier).Any(IsWrong);

    private static bool IsWrong(string word)
    {
        var letters = word.TrimEnd("0123456789".ToCharArray()).ToLowerInvariant();
        return Abbreviations.Contains(letters)
            || CapitalsInARow().IsMatch(word)
            || (!letters.AsSpan().ContainsAny("aeiouy") && !KnownWithoutVowel.Contains(letters));
    }

    [GeneratedRegex("[A-Z]{2,}")]
    private static partial Regex CapitalsInARow();

    [GeneratedRegex("([A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z])[0-9]*")]
    private static partial Regex Word();
}
