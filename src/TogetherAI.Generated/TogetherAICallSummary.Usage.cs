using Newtonsoft.Json;
using TogetherAI.Runtime.Http;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

public sealed partial class TogetherAICallSummary
{
    private TokenUsage? _usage;

    /// <summary>
    /// The usage that the response told, of a stream the last; null where it told none, and for the methods that stream bytes,
    /// which do not read them.
    /// </summary>
    public TokenUsage? Usage
    {
        get => _usage;
        init => _usage = value;
    }

    partial void ReadUsage(CallRecord record)
    {
        try
        {
            _usage = record.Usage.IsEmpty ? null : ApiJson.Deserialize<TokenUsage>(record.Usage.ToArray());
        }
        catch (JsonException)
        {
            // The call itself has failed where its result hangs on it.
        }
    }
}
