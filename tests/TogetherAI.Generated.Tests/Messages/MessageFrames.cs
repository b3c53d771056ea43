using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Messages;

/// <summary>Streams of messages as they stand on the wire.</summary>
internal static class MessageFrames
{
    /// <summary>A message that thinks, says something and calls a tool.</summary>
    public static string Everything { get; } = string.Concat(
        Event("message_start", """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":11,"output_tokens":0,"cache_read_input_tokens":4},"later":1}}"""),
        Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"""),
        Event("ping", """{"type":"ping"}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"m."}}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"sig"}}"""),
        Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
        Event("content_block_start", """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":"A"}}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"hoy"}}"""),
        Event("content_block_stop", """{"type":"content_block_stop","index":1}"""),
        Event("content_block_start", """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"1}"}}"""),
        Event("content_block_stop", """{"type":"content_block_stop","index":2}"""),
        Event("content_block_start", """{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"t2","name":"g","input":{}}}"""),
        Event("content_block_stop", """{"type":"content_block_stop","index":3}"""),
        Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":6}}"""),
        Event("message_stop", """{"type":"message_stop"}"""));

    public static string Event(string name, string data) => $"event: {name}\n{Frames.Data(data)}";
}
