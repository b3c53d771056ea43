using System.Text;
using Newtonsoft.Json.Linq;
using TogetherAI.Fuzzing.Inputs;
using TogetherAI.Tests.Document;
using TogetherAI.Tests.Messages;
using TogetherAI.Tests.Responses;
using TogetherAI.Tests.Support;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>Streams that a run begins with.</summary>
internal static class StreamSeeds
{
    // Every piece as it comes, every byte by itself, and two ways of cutting at random places.
    private static readonly int[] Cuts = [0, 1, 7, 11];

    public static IEnumerable<FuzzInput> All()
        => from stream in Streams()
           from wire in new[] { stream.Wire, stream.Wire.Replace("\n", "\r\n", StringComparison.Ordinal), "\ufeff: ping\n\n" + stream.Wire.Replace("\n", "\r", StringComparison.Ordinal) }
           from cut in Cuts
           select new FuzzInput($"{stream.Name} {cut}", Encoding.UTF8.GetBytes(wire));

    private static IEnumerable<(string Name, string Wire)> Streams()
    {
        yield return ("inference", Frames.Text("a") + Frames.Text("b") + Frames.Text("é日😀\n") + Frames.Last("c"));
        yield return ("inference", Frames.Text("a") + "[DONE]\n");
        yield return ("inference", Frames.Text("a") + "event: error\n" + Frames.Data("""{"error":{"message":"it broke","type":"server_error"}}"""));
        yield return ("chat", Frames.Data("""{"choices":[{"index":0,"message":{"role":"assistant","content":"whole"},"finish_reason":"stop"}]}"""));
        yield return ("chat", Frames.Data("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""") + Frames.Data("""{"choices":[{"index":0,"delta":{"content":"b"},"text":"b","finish_reason":"eos"}]}""") + Frames.Done);
        yield return ("messages", MessageFrames.Everything);
        yield return ("responses", ResponseFrames.Everything);
        foreach (var (name, id) in new[] { ("inference", "Run"), ("chat", "Chat_Complete"), ("completions", "Completions_Create"), ("messages", "Messages_Create"), ("responses", "Responses_Create"), ("speech", "Audio_CreateSpeech") })
        {
            var examples = ExamplesOf(TogetherDocument.Streams.Single(operation => operation.Id == id)).ToList();
            yield return (name, string.Concat(examples.Select(example => Frames.Data(example.ToString(Newtonsoft.Json.Formatting.None)))) + Frames.Done);
            foreach (var example in examples)
            {
                yield return (name, string.Concat(Enumerable.Repeat($"event: {(string?)example["type"] ?? "message"}\n{Frames.Data(example.ToString(Newtonsoft.Json.Formatting.None))}", 3)) + Frames.Done);
            }
        }
    }

    private static IEnumerable<JToken> ExamplesOf(DocumentOperation operation)
        => (operation.SuccessContent!["text/event-stream"]!["examples"] as JObject)?.Properties().Select(example => example.Value["value"]!) ?? [];
}
