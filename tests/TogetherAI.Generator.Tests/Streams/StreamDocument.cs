namespace TogetherAI.Generator.Tests.Streams;

/// <summary>An API of others with streams of many kinds, and nothing of ours but where a stream has its text.</summary>
internal static class StreamDocument
{
    /// <summary>The document.</summary>
    public const string Text = """
        openapi: 3.2.0
        info: { title: Foreign, version: '1' }
        servers: [{ url: 'http://localhost/' }]
        paths:
          /payload:
            post: { tags: [Streams], operationId: payload, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } }, text/event-stream: { schema: { $ref: '#/components/schemas/Piece' } } } } } }
          /envelope:
            post: { tags: [Streams], operationId: envelope, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } }, text/event-stream: { schema: { oneOf: [{ $ref: '#/components/schemas/Envelope' }, { $ref: '#/components/schemas/Terminator' }] } } } } } }
          /always:
            post: { tags: [Streams], operationId: always_stream, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { description: A., content: { text/event-stream: { schema: { $ref: '#/components/schemas/Piece' } } } } } }
          /watch/{id}:
            get:
              tags: [Streams]
              operationId: watch
              parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
              responses: { '200': { description: A., content: { text/event-stream: { itemSchema: { type: object, required: [data], properties: { data: { type: string, contentMediaType: application/json, contentSchema: { type: object, properties: { text: { type: string } } } }, event: { type: string }, id: { type: string } } } } } } }
          /query:
            get:
              tags: [Streams]
              operationId: query
              parameters: [{ name: stream, in: query, schema: { type: [boolean, 'null'] } }]
              responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } }, text/event-stream: { schema: { $ref: '#/components/schemas/Piece' } } } } }
          /lines:
            post: { tags: [Streams], operationId: lines, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } }, application/x-ndjson: { schema: { type: array, items: { $ref: '#/components/schemas/Piece' } } } } } } }
          /same:
            post: { tags: [Streams], operationId: same, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Piece' } }, text/event-stream: { schema: { $ref: '#/components/schemas/Piece' } } } } } }
          /fern:
            post: { tags: [Streams], operationId: fern, x-fern-streaming: { format: sse, terminator: '[END]', stream-condition: $request.stream, response: { $ref: '#/components/schemas/Whole' }, response-stream: { $ref: '#/components/schemas/Piece' } }, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { $ref: '#/components/responses/Whole' } } }
          /fern-lines:
            post: { tags: [Streams], operationId: fern_lines, x-fern-streaming: true, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Piece' } } } } } }
          /speakeasy:
            post: { tags: [Streams], operationId: speakeasy, x-speakeasy-stream-request-field: sse, requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { sse: { anyOf: [{ type: boolean }, { type: 'null' }] } } } } } }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } }, text/event-stream: { x-speakeasy-sse-sentinel: '[END]', schema: { $ref: '#/components/schemas/Envelope' } } } } } }
          /named:
            get:
              tags: [Streams]
              operationId: named
              responses:
                '200':
                  description: A.
                  content:
                    text/event-stream:
                      itemSchema:
                        type: object
                        properties: { event: { type: string }, id: { type: string } }
                        oneOf:
                          - properties: { event: { const: piece }, data: { $ref: '#/components/schemas/Piece' } }
                          - properties: { event: { const: count }, data: { type: integer } }
                          - properties: { event: { const: note }, data: { type: string } }
                          - properties: { event: { const: unknown }, data: { $ref: '#/components/schemas/Whole' } }
                          - properties: { event: { const: more }, data: { $ref: '#/components/schemas/Piece' }, enabled: { type: boolean } }
                          - properties: { event: { const: end }, data: { const: '[DONE]' } }
          /described:
            get:
              tags: [Streams]
              operationId: described
              x-stream: { event: kind, events: { piece: { chunk: Piece, text: [text] }, stop: { chunk: Stop, completes: true } } }
              responses: { '200': { description: A., content: { text/event-stream: {} } } }
          /typed:
            get: { tags: [Streams], operationId: typed, responses: { '200': { description: A., content: { text/event-stream: { schema: { oneOf: [{ $ref: '#/components/schemas/Started' }, { $ref: '#/components/schemas/Delta' }], discriminator: { propertyName: type } } } } } } }
          /text:
            get: { tags: [Streams], operationId: text, responses: { '200': { description: A., content: { text/event-stream: { itemSchema: { type: object, required: [data], properties: { data: { type: string } } } } } } } }
          /anything:
            get: { tags: [Streams], operationId: anything, responses: { '200': { description: A., content: { text/event-stream: {} } } } }
          /lazy:
            get: { tags: [Streams], operationId: lazy, responses: { '200': { description: A., content: { text/event-stream: { schema: { type: string } } } } } }
          /either:
            post: { tags: [Streams], operationId: either, requestBody: { required: true, content: { application/json: { schema: { oneOf: [{ $ref: '#/components/schemas/Ask' }, { $ref: '#/components/schemas/Other' }] } } } }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } }, text/event-stream: { schema: { $ref: '#/components/schemas/Piece' } } } } } }
          /form:
            post: { tags: [Streams], operationId: form, requestBody: { required: true, content: { multipart/form-data: { schema: { type: object, required: [stream], properties: { file: { type: string, format: binary }, stream: { type: boolean } } } } } }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } }, text/event-stream: { schema: { $ref: '#/components/schemas/Piece' } } } } } }
          /tokens:
            post: { tags: [Streams], operationId: tokens, x-stream: { text: [text] }, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { description: A., content: { text/event-stream: { schema: { $ref: '#/components/schemas/Envelope' } } } } } }
          /solo:
            post: { tags: [Solo], operationId: create, summary: Creates, requestBody: { $ref: '#/components/requestBodies/Ask' }, responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } }, text/event-stream: { schema: { $ref: '#/components/schemas/Piece' } } } } } }
        components:
          requestBodies:
            Ask: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Ask' } } } }
          responses:
            Whole: { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } } } }
          schemas:
            Ask: { type: object, required: [model], properties: { model: { type: string }, stream: { type: boolean, default: true } } }
            Other: { type: object, required: [prompt], properties: { prompt: { type: string }, stream: { type: boolean, const: true } } }
            Whole: { type: object, properties: { all: { type: string } } }
            Piece: { type: object, properties: { kind: { type: string }, text: { type: string }, end: { type: string } } }
            Stop: { type: object, properties: { kind: { type: string }, reason: { type: string } } }
            Envelope: { type: object, required: [data], properties: { id: { type: string }, event: { type: string }, data: { $ref: '#/components/schemas/Piece' }, retry: { type: integer } } }
            Terminator: { type: object, required: [data], properties: { data: { type: string, enum: ['[DONE]'] } } }
            Started: { type: object, required: [type, id], properties: { type: { const: started }, id: { type: string } } }
            Delta: { type: object, required: [type, text], properties: { type: { const: delta }, text: { type: string } } }

        """;

    /// <summary>A program that calls the client of the document; each method names what it read.</summary>
    public const string Program = """
        #pragma warning disable CS1591
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;

        namespace TogetherAI;

        public static class Program
        {
            private static readonly Ask Ask = new() { Model = "m" };

            public static Task<string> Payload(ITogetherAIStreamsClient client) => Texts(client.PayloadStreamAsync(Ask), piece => piece.Text);
            public static async Task<string> Whole(ITogetherAIStreamsClient client) => (await client.PayloadAsync(Ask)).All!;
            public static Task<string> PayloadBytes(ITogetherAIStreamsClient client) => Bytes(client.PayloadStreamBytesAsync(Ask));
            public static Task<string> Envelope(ITogetherAIStreamsClient client) => Texts(client.EnvelopeStreamAsync(Ask), piece => piece.Text);
            public static Task<string> Always(ITogetherAIStreamsClient client) => Texts(client.AlwaysStreamAsync(Ask), piece => piece.Text);
            public static Task<string> AlwaysBytes(ITogetherAIStreamsClient client) => Bytes(client.AlwaysStreamBytesAsync(Ask));
            public static Task<string> Watch(ITogetherAIStreamsClient client) => Texts(client.WatchStreamAsync("1"), chunk => chunk.Text);
            public static Task<string> Query(ITogetherAIStreamsClient client) => Texts(client.QueryStreamAsync(), piece => piece.Text);
            public static Task<string> Lines(ITogetherAIStreamsClient client) => Texts(client.LinesStreamAsync(Ask), piece => piece.Text);
            public static Task<string> Same(ITogetherAIStreamsClient client) => Texts(client.SameStreamAsync(Ask), piece => piece.Text);
            public static Task<string> Fern(ITogetherAIStreamsClient client) => Texts(client.FernStreamAsync(Ask), piece => piece.Text);
            public static Task<string> FernLines(ITogetherAIStreamsClient client) => Texts(client.FernLinesStreamAsync(Ask), piece => piece.Text);
            public static Task<string> Speakeasy(ITogetherAIStreamsClient client) => Texts(client.SpeakeasyStreamAsync(new SpeakeasyRequest()), piece => piece.Text);
            public static Task<string> Named(ITogetherAIStreamsClient client) => Texts(client.NamedStreamAsync(), e => $"{e.EventName}:{e.Piece?.Text}{e.Count}{e.Note}{e.Unknown2?.All}{e.More?.Text}{e.Unknown?.ToString(Newtonsoft.Json.Formatting.None)}");
            public static Task<string> Described(ITogetherAIStreamsClient client) => Texts(client.DescribedStreamAsync(), e => $"{e.EventName}:{e.Piece?.Text}{e.Stop?.Reason}{e.Unknown?.ToString(Newtonsoft.Json.Formatting.None)}");
            public static Task<string> DescribedTokens(ITogetherAIStreamsClient client) => Texts(client.DescribedStreamTokensAsync(), text => text);
            public static Task<string> Typed(ITogetherAIStreamsClient client) => Texts(client.TypedStreamAsync(), e => e.Started?.Id ?? e.Delta?.Text ?? e.Unknown!.ToString(Newtonsoft.Json.Formatting.None));
            public static Task<string> Text(ITogetherAIStreamsClient client) => Texts(client.TextStreamTokensAsync(), text => text);
            public static Task<string> Anything(ITogetherAIStreamsClient client) => Texts(client.AnythingStreamAsync(), json => json.ToString(Newtonsoft.Json.Formatting.None));
            public static Task<string> Lazy(ITogetherAIStreamsClient client) => Texts(client.LazyStreamAsync(), json => json.ToString(Newtonsoft.Json.Formatting.None));
            public static Task<string> Either(ITogetherAIStreamsClient client) => Texts(client.EitherStreamAsync(new Other { Prompt = "p" }), piece => piece.Text);
            public static Task<string> Form(ITogetherAIStreamsClient client) => Texts(client.FormStreamAsync(new FormRequest { File = FileUpload.FromBytes(new byte[1], "a.bin") }), piece => piece.Text);
            public static Task<string> Tokens(ITogetherAIStreamsClient client) => Texts(client.TokensStreamTokensAsync(Ask), text => text);

            public static ITogetherAIStreamsClient Client(string url) => new TogetherAIStreamsClient(new TogetherAIOptions { BaseUrl = new Uri(url), ApiKey = "key" });

            private static async Task<string> Texts<T>(IAsyncEnumerable<T> chunks, Func<T, string?> text)
            {
                var texts = new List<string?>();
                await foreach (var chunk in chunks)
                {
                    texts.Add(text(chunk));
                }

                return string.Join("|", texts);
            }

            private static async Task<string> Bytes(Task<Stream> opening)
            {
                using var reader = new StreamReader(await opening);
                return await reader.ReadToEndAsync();
            }
        }
        """;
}
