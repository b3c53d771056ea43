using TogetherAI.Fuzzing.Inputs;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>The JSON writers: all write the same, and what they write is read as the same value.</summary>
internal sealed class WriteTarget : FuzzTarget
{
    public override byte[][] Words { get; } = [.. JsonWords(JsonTypes.FieldNames)];

    public override IEnumerable<FuzzInput> Seeds() => JsonTypes.Seeds();

    public override string Mutate(string header, Random random) => random.Next(20) == 0 ? JsonTypes.ChooseName(random) : header;

    public override void Check(FuzzInput input)
    {
        var type = JsonTypes.All[input.Header];
        if (type.Read(input.Body) is not { } value)
        {
            return;
        }

        var json = JsonType.Write(value);
        Require(WithEscapes(json) == JsonType.WriteByOracle(value), $"A {input.Header} is written differently by Newtonsoft.Json.", json, JsonType.WriteByOracle(value));
        if (json is null)
        {
            return;
        }

        // What was read with lenience may lack what is required; what was usual is read by everybody.
        var isUsual = type.IsUsual(input.Body);
        var again = Written(type.Read(System.Text.Encoding.UTF8.GetBytes(json)));
        Require(again is null ? !isUsual : JsonComparison.AreEqual(json, again), $"A {input.Header} is another one after it was written and read.", json, again);
        // A program's own file has no JSON.
        if (type.Type.GetProperties().Any(property => typeof(IUpload).IsAssignableFrom(property.PropertyType)))
        {
            return;
        }

        RequireSame($"A {input.Header} is written differently by JsonSerializer.", json, type.WriteBySystemTextJson(value));
        RequireSame($"A {input.Header} is written differently by JsonConvert.", json, JsonType.WriteByJsonConvert(value), isOfJsonConvert: true);
        if (isUsual)
        {
            RequireSame($"A {input.Header} is read differently by JsonSerializer.", json, Written(type.ReadBySystemTextJson(json)));
            RequireSame($"A {input.Header} is read differently by JsonConvert.", json, Written(type.ReadByJsonConvert(json)), isOfJsonConvert: true);
        }
    }

    private static string? Written(object? value) => value is null ? null : JsonType.Write(value);

    // Newtonsoft.Json escapes these, which JSON does not ask for.
    private static string? WithEscapes(string? json)
        => json?.Replace("\u0085", "\\u0085", StringComparison.Ordinal).Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal);

    private static void RequireSame(string kind, string json, string? other, bool isOfJsonConvert = false)
        => Require(JsonComparison.AreEqual(json, other, isOfJsonConvert), kind, json, other);

    private static void Require(bool isSame, string kind, string? json, string? other)
    {
        if (!isSame)
        {
            throw new FaultException(kind, $"written:  {json}\notherwise: {other}");
        }
    }
}
