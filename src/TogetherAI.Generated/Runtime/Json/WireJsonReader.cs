using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Reads JSON that is free-form, or not written as one would expect. A value that is missing, or "undefined", is null:
/// Newtonsoft.Json would keep it as a value of its own, which it would write as something that is not JSON.
/// </summary>
internal class WireJsonReader : JsonTextReader
{
    public WireJsonReader(TextReader text)
        : base(text)
    {
    }

    public override JsonToken TokenType => base.TokenType == JsonToken.Undefined ? JsonToken.Null : base.TokenType;
}
