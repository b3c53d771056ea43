namespace TogetherAI.Runtime.Json;

/// <summary>A JSON text has more values than it may have. No caller sees this: what it means depends on whose text it is.</summary>
internal sealed class JsonTooLargeException : Exception
{
    public JsonTooLargeException(int maxValues)
        : base($"The JSON has more than {maxValues} values.")
        => MaxValues = maxValues;

    public int MaxValues { get; }
}
