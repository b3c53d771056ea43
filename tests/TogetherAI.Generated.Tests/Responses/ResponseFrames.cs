using Newtonsoft.Json.Linq;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Responses;

/// <summary>Streams of responses as they stand on the wire.</summary>
internal static class ResponseFrames
{
    /// <summary>A response that reasons, says something and calls a function; its last event has no items.</summary>
    public static string Everything { get; } = string.Concat(
        Event("""{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","status":"in_progress","model":"m","output":[],"error":null,"usage":null}}"""),
        Event("""{"type":"response.in_progress","response":{"id":"resp_1","object":"response","status":"in_progress","model":"m","output":[]}}"""),
        Event("""{"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[]}}"""),
        Event("""{"type":"response.reasoning_text.delta","item_id":"rs_1","output_index":0,"content_index":0,"delta":"Hm"}"""),
        Event("""{"type":"response.reasoning.delta","item_id":"rs_1","output_index":0,"content_index":0,"delta":"m."}"""),
        Event("""{"type":"response.reasoning_text.done","item_id":"rs_1","output_index":0,"content_index":0,"text":"Hmm."}"""),
        Event("""{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Thought."}"""),
        Event("""{"type":"response.output_item.added","output_index":1,"item":{"type":"message","id":"msg_1","role":"assistant","status":"in_progress","content":[]}}"""),
        Event("""{"type":"response.content_part.added","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}"""),
        Event("""{"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"A","logprobs":[]}"""),
        Event("""{"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"hoy"}"""),
        Event("""{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"url":"u"}}"""),
        Event("""{"type":"response.output_text.done","item_id":"msg_1","output_index":1,"content_index":0,"text":"Ahoy"}"""),
        Event("""{"type":"response.content_part.done","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"Ahoy","annotations":[{"url":"u"}]}}"""),
        Event("""{"type":"response.output_item.added","output_index":2,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":""}}"""),
        Event("""{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":2,"delta":"{\"a\":"}"""),
        Event("""{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":2,"delta":"1}"}"""),
        Event("""{"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":2,"arguments":"{\"a\":1}"}"""),
        Event("""{"type":"response.mcp_call.failed","item_id":"mcp_1","output_index":3}"""),
        Event("""{"type":"response.completed","response":{"id":"resp_1","object":"response","status":"completed","model":"m","output":[],"usage":{"input_tokens":8,"input_tokens_details":{"cached_tokens":2},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":13}}}"""));

    public static string Event(string data) => $"event: {(string?)JObject.Parse(data)["type"]}\n{Frames.Data(data)}";
}
