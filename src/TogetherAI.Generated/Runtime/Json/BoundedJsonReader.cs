using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>Reads JSON within a budget.</summary>
internal sealed class BoundedJsonReader : WireJsonReader
{
    private readonly JsonBudget _budget;

    public BoundedJsonReader(TextReader text, JsonBudget budget)
        : base(text)
        => _budget = budget;

    public override bool Read()
    {
        var hasToken = base.Read();
        if (TokenType is not (JsonToken.None or JsonToken.PropertyName or JsonToken.EndObject or JsonToken.EndArray or JsonToken.Comment))
        {
            _budget.Spend();
        }

        return hasToken;
    }

    public override double? ReadAsDouble()
    {
        _budget.Look();
        return base.ReadAsDouble();
    }

    public override string? ReadAsString()
    {
        _budget.Look();
        return base.ReadAsString();
    }
}
