using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type with what most programs want of it; and the document has no way to say that a status means failure.
public sealed partial class TogetherAIResponse : IReportsFailure, INormalized
{
    /// <summary>The texts of all <c>output_text</c> parts of the messages, one after another; null where there is none.</summary>
    [JsonIgnore]
    public string? OutputText
    {
        get
        {
            var texts = Output.Where(static item => item?.IsMessage == true).SelectMany(static item => Texts(item.Content)).ToList();
            return texts.Count > 0 ? string.Concat(texts) : null;
        }
    }

    /// <summary>The functions that the model wants to be called, which are the <c>function_call</c> items; empty where it wants none.</summary>
    [JsonIgnore]
    public IReadOnlyList<ResponseItem> FunctionCalls
        => Output.Any(static item => item?.Type == ResponseItemType.FunctionCall) ? [.. Output.Where(static item => item?.Type == ResponseItemType.FunctionCall)] : [];

    JToken? IReportsFailure.Failure
    {
        get
        {
            if ((Error?.Message ?? Error?.Code) is not null)
            {
                return Runtime.Json.ApiJson.ToToken(Error!);
            }

            return Status == ResponseStatus.Failed || Error is not null ? JValue.CreateString("The response failed and gave no reason.") : null;
        }
    }

    void INormalized.Normalize()
    {
        if (SentOutput is null)
        {
            throw new JsonSerializationException("It has no 'output', in which the response should be.");
        }
    }

    private static IEnumerable<string> Texts(ResponseContent? content)
        => content?.Parts is { } parts
            ? parts.Where(static part => part.Type == ResponseContentPartType.OutputText).Select(static part => part.Text).OfType<string>()
            : content?.Text is { } text ? [text] : [];
}
