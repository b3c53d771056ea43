using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Builds.Uses;

/// <summary>The first use: what is added to the document can be called after a build.</summary>
public sealed class RegenerateTests
{
    private const string Field = """
                retry_hint:
                  type: string
                  description: A field of the test.

        """;

    private const string Operation = """
          /jobs/job/{job_id}/{class}:
            get:
              tags: [Inference]
              operationId: GetJob
              summary: Gets a job.
              description: An operation of the test.
              parameters:
                - { name: page_size, in: query, required: true, description: A number., schema: { type: integer, format: int32 } }
                - { name: shape, in: query, description: A word., schema: { $ref: '#/components/schemas/OddWord' } }
                - { name: since, in: query, description: A time., schema: { type: string, format: date-time } }
                - { name: tag, in: query, description: A list., schema: { type: array, items: { type: string } } }
                - { name: options, in: query, description: A name that the client needs itself., schema: { type: string } }
                - { name: call, in: query, description: Another one., schema: { type: string } }
                - { name: day, in: query, description: A day., schema: { type: string, format: date } }
                - { name: job_id, in: path, required: true, description: An id., schema: { type: string } }
                - { name: class, in: path, required: true, description: A keyword of C#., schema: { type: string } }
              responses:
                '200':
                  description: The job.
                  content: { application/json: { schema: { $ref: '#/components/schemas/OddJob' } } }
            delete:
              tags: [Inference]
              operationId: DeleteJob
              summary: Deletes a job.
              description: An operation of the test without a result.
              parameters:
                - { name: job_id, in: path, required: true, description: An id., schema: { type: string } }
                - { name: class, in: path, required: true, description: A keyword of C#., schema: { type: string } }
              responses:
                '204': { description: The job is gone. }

        """;

    private const string Schemas = """
            OddJob:
              type: object
              description: Names that need care in C#.
              properties:
                odd_job: { type: string, description: The name of its class. }
                2d: { type: boolean, description: A digit first. }
                $id: { type: string, description: A sign first. }
                max.tokens: { type: integer, format: int32, description: A dot. }
                max_tokens: { type: integer, format: int32, description: The same name again. }
                additional_properties: { type: string, description: A name that is taken. }
                validation: { type: string, description: A name that the class needs itself. }
                read_utf8: { type: string, description: Another one. }
                utf8_names: { type: string, description: Another one. }
                newtonsoft: { type: string, description: Another one. }
                day: { type: string, format: date, description: A day; C# gives it as it is written. }
                'quo"te': { type: string }
            OddWord:
              type: string
              description: Words that need care in C#.
              enum: ['1:1', '1024x1024', value, Stop, stop, '<|eos|>', 'say "x"', '*']

        """;

    public const string OperationProgram = "CallsTheOperation";

    public const string OperationSource = """
        using TogetherAI;
        var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = new Uri(args[0]), ApiKey = "key" });
        var request = new InferenceGetJobRequest(7)
        {
            Shape = OddWord.Value11, Since = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Tag = ["x", "y"], Options = "z", Call = "w", Day = "2026-01-02",
        };
        var job = await client.GetJobAsync("a/b", "c d", request);
        Console.WriteLine($"{job.OddJob2} {job.Value2d} {job.Id} {job.MaxTokens} {job.MaxTokens2} {job.AdditionalProperties2} {job.Quote} {job.Validation2} {job.ReadUtf82} {job.Day}");
        Console.WriteLine($"{OddWord.Value1024x1024} {OddWord.Value2} {OddWord.Stop} {OddWord.Stop2} {OddWord.Eos} {OddWord.SayX} {OddWord.Value3}");
        await client.DeleteJobAsync("a", "b");
        """;

    public const string FieldProgram = "SendsTheField";

    public const string FieldSource = """
        using TogetherAI;
        var client = new TogetherAIInferenceClient(new TogetherAIOptions { BaseUrl = new Uri(args[0]), ApiKey = "key" });
        await foreach (var text in client.StreamTokensAsync(new InferenceRequest { Model = "m", Prompt = "p", RetryHint = "soon" }))
        {
            Console.WriteLine(text);
        }
        """;

    [Test, CancelAfter(900_000)]
    public async Task Operation_added_to_the_document_can_be_called(CancellationToken cancellationToken)
    {
        const string Job = """{"odd_job":"n","2d":true,"$id":"i","max.tokens":1,"max_tokens":2,"additional_properties":"a","quo\"te":"q","validation":"v","read_utf8":"r","day":"2026-01-02"}""";
        await using var server = WireServer.Answering(Job);

        var run = await SharedCopy.RunProgramAsync(OperationProgram, cancellationToken, server.Url);

        run.RequireSuccess();
        Assert.That(run.Output, Does.Contain("n True i 1 2 a q v r 2026-01-02\n1024x1024 value Stop stop <|eos|> say \"x\" *\n"));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
        Assert.That(
            server.Requests[0],
            Does.StartWith("GET /jobs/job/a%2Fb/c%20d?page_size=7&shape=1%3A1&since=2026-01-02T03%3A04%3A05%2B00%3A00&tag=x&tag=y&options=z&call=w&day=2026-01-02 HTTP/1.1\r\n"));
        Assert.That(server.Requests[1], Does.StartWith("DELETE /jobs/job/a/b HTTP/1.1\r\n"));
    }

    [Test, CancelAfter(900_000)]
    public async Task Field_added_to_the_document_is_sent(CancellationToken cancellationToken)
    {
        await using var server = WireServer.Answering("{}", """{"choices":[{"text":"one"}]}""", """{"choices":[{"text":"two"}]}""");

        var run = await SharedCopy.RunProgramAsync(FieldProgram, cancellationToken, server.Url);

        run.RequireSuccess();
        Assert.That(run.Output, Does.Contain("one\ntwo\n"));
        Assert.That(server.Requests.Single(), Does.EndWith("""{"retry_hint":"soon","model":"m","prompt":"p","stream_tokens":true}"""));
    }

    /// <summary>The document with an operation, a field and the schemas that they need.</summary>
    public static string Extended(string document)
    {
        var text = document.ReplaceLineEndings("\n");
        text = InsertAfter(text, "    InferenceRequest:\n", "      properties:\n", Field);
        text = InsertAfter(text, "openapi: 3.0.3\n", "\npaths:\n", Operation);
        return text.TrimEnd('\n') + "\n\n" + Schemas;
    }

    private static string InsertAfter(string text, string start, string anchor, string addition)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        var position = text.IndexOf(anchor, Math.Max(from, 0), StringComparison.Ordinal);
        Assert.That(position, Is.GreaterThan(from), anchor);
        return text.Insert(position + anchor.Length, addition);
    }
}
