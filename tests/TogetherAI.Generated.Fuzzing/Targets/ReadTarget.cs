using TogetherAI.Fuzzing.Inputs;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>Both JSON readers: they read the same value, or neither reads one.</summary>
internal sealed class ReadTarget : FuzzTarget
{
    public override byte[][] Words { get; } = [.. JsonWords(JsonTypes.FieldNames)];

    public override IEnumerable<FuzzInput> Seeds() => JsonTypes.Seeds();

    public override string Mutate(string header, Random random) => random.Next(20) == 0 ? JsonTypes.ChooseName(random) : header;

    public override void Check(FuzzInput input)
    {
        var type = JsonTypes.All[input.Header];
        var read = TextOf(type.Read(input.Body));
        var expected = TextOf(type.ReadByOracle(input.Body));
        if (!JsonComparison.AreEqual(read, expected))
        {
            throw new FaultException(
                read is null || expected is null ? $"Only one of the two readers reads a {input.Header}." : $"The two readers read a {input.Header} differently.",
                $"generated reader: {read}\nNewtonsoft.Json:  {expected}");
        }
    }

    private static string? TextOf(object? value) => value is null ? null : JsonType.Write(value) ?? "unwritable";
}
