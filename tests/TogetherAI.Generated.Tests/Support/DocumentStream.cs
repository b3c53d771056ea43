using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Tests.Document;

namespace TogetherAI.Tests.Support;

/// <summary>A streaming operation of the document, and events for it that are made of what the document says.</summary>
internal sealed class DocumentStream(DocumentOperation operation)
{
    private const string Message = "it broke";

    /// <summary>Every streaming operation.</summary>
    public static IEnumerable<DocumentStream> All => TogetherDocument.Streams.Select(operation => new DocumentStream(operation));

    /// <summary>Every streaming operation with each way of reading its events.</summary>
    public static IEnumerable<object[]> Read
        => from stream in All
           from way in stream.HasText ? new[] { Way.Objects, Way.Texts } : [Way.Objects]
           select new object[] { stream, way };

    /// <summary>The same, and as bytes.</summary>
    public static IEnumerable<object[]> ReadOrBytes => Read.Concat(All.Select(stream => new object[] { stream, Way.Bytes }));

    public bool HasText => operation.HasText;

    /// <summary>Whether events differ by their names.</summary>
    public bool IsNamed => operation.StreamEvents.Any();

    /// <summary>An event that has a text, if the stream has texts.</summary>
    public string Piece => Frame(Examples.First(IsPiece));

    /// <summary>What completes the stream.</summary>
    public string End => IsNamed ? Frame(Examples.First(example => (bool?)WordsOf(example)?["completes"] == true)) : Frames.Done;

    /// <summary>Every way in which an event can say that the response failed.</summary>
    public IEnumerable<string> Failures
    {
        get
        {
            var error = new JObject { ["message"] = Message, ["type"] = "server_error" };
            yield return Frame(new JObject { ["error"] = error });
            yield return Frame(new JObject { ["error"] = Message });
            yield return "event: error\n" + Frame(new JObject { ["message"] = Message });
            yield return $"event: error\ndata: {Message}\n\n";
            foreach (var words in operation.StreamEvents.Where(words => words.Value["error"] is not null || (bool?)words.Value["fails"] == true))
            {
                var path = ((string?)words.Value["error"] ?? "error").Split('/');
                var inner = path.Reverse().Aggregate((JToken)error, (value, name) => new JObject { [name] = value });
                ((JObject)inner)["type"] = words.Name;
                yield return Frame(inner);
                yield return $"event: {words.Name}\n" + Frame(inner);
                if (words.Value["error"] is null)
                {
                    yield return Frame(new JObject { ["type"] = words.Name, ["code"] = "server_error", ["message"] = Message, ["param"] = null });
                }
            }
        }
    }

    private IEnumerable<JToken> Examples
        => ((JObject)operation.SuccessContent!["text/event-stream"]!["examples"]!).Properties().Select(example => example.Value["value"]!);

    /// <summary>Reads the stream of a server, as objects or as texts.</summary>
    public async IAsyncEnumerable<object> ReadAsync(
        RawServer server,
        Way way,
        Action<TogetherAIOptions>? configure = null,
        CancellationToken callToken = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var type = way == Way.Texts ? typeof(string) : GeneratedTypes.Of(operation.EventSchema);
        using var client = Client(server, configure);
        var values = (IAsyncEnumerable<object>)Call(client, typeof(IAsyncEnumerable<>).MakeGenericType(type), callToken);
        await foreach (var value in values.WithCancellation(cancellationToken))
        {
            yield return value;
        }
    }

    /// <summary>Reads the stream of a server in any way, to its end.</summary>
    public async Task<List<object>> ReadToEndAsync(RawServer server, Way way, Action<TogetherAIOptions>? configure = null, CancellationToken callToken = default)
    {
        var values = new List<object>();
        if (way == Way.Bytes)
        {
            using var client = Client(server, configure);
            await using var bytes = await BytesAsync(client, callToken);
            using var all = new MemoryStream();
            await bytes.CopyToAsync(all, CancellationToken.None);
            values.Add(System.Text.Encoding.UTF8.GetString(all.ToArray()));
            return values;
        }

        await foreach (var value in ReadAsync(server, way, configure, callToken, CancellationToken.None))
        {
            values.Add(value);
        }

        return values;
    }

    /// <summary>A client of the operation's area.</summary>
    public IDisposable Client(RawServer server, Action<TogetherAIOptions>? configure = null)
        => (IDisposable)Activator.CreateInstance(GeneratedTypes.ClientOf(operation), [Clients.Options(server.Url, configure)])!;

    /// <summary>Begins to read the bytes of the stream.</summary>
    public Task<Stream> BytesAsync(IDisposable client, CancellationToken callToken) => (Task<Stream>)Call(client, typeof(Task<Stream>), callToken);

    public override string ToString() => operation.Id;

    private static string Frame(JToken data) => Frames.Data(data.ToString(Formatting.None));

    private object Call(IDisposable client, Type result, CancellationToken callToken)
    {
        var requestType = GeneratedTypes.Of(operation.RequestSchema);
        var method = client.GetType().GetMethods().Single(method => method.ReturnType == result && method.Name.StartsWith("Stream", StringComparison.Ordinal)
            && method.GetParameters()[0].ParameterType == requestType);
        var example = DocumentExample.All.First(example => TogetherDocument.NameOf(example.Schema) == TogetherDocument.NameOf(operation.RequestSchema));
        return method.Invoke(client, [example.Value.ToObject(requestType, NewtonsoftJson.Reader), null, callToken])!;
    }

    private bool IsPiece(JToken example)
    {
        var paths = (IsNamed ? WordsOf(example)?["text"] : operation.Stream!["text"])?.Select(path => ((string)path!).Replace('/', '.')).ToList();
        if (paths is null)
        {
            return !IsNamed;
        }

        var choice = operation.Stream!["choices"] is { } choices ? example[(string)choices!]?.FirstOrDefault() : example;
        return choice is not null && paths.Any(path => ((string?)choice.SelectToken(path))?.Length > 0);
    }

    private JToken? WordsOf(JToken example) => operation.StreamEvents.FirstOrDefault(words => words.Name == (string?)example["type"])?.Value;
}
