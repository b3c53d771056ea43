using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Newtonsoft.Json.Linq;
using TogetherAI.LocalServer.Code;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.CodeInterpreter;

/// <summary>
/// <c>POST /v1/tci/execute</c> and <c>GET /v1/tci/sessions</c>. Nothing is executed: a small part of Python is evaluated, and
/// everything else is refused as the service reports code that it could not run.
/// </summary>
internal sealed class CodeInterpreterEndpoint(TimeProvider time)
{
    private const int MaxCodeCharacters = 100_000;

    private readonly CodeSessions _sessions = new(time);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/tci/execute", RunAsync);
        routes.MapRead("/v1/tci/sessions", ListAsync);
    }

    private async Task RunAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var fields = JsonFields.Read<CodeInterpreterRequest>(body.RootElement);
        fields.RequireWord("language", "python");
        var code = fields.Text("code");
        if (code.Length > MaxCodeCharacters)
        {
            throw ApiErrorException.Invalid($"code has {code.Length} characters; the maximum of this server is {MaxCodeCharacters}.", "code");
        }

        var files = fields.Items("files").Select(File).GroupBy(static file => file.Name).ToDictionary(static same => same.Key, static same => same.Last().Content);
        await JsonResponse.WriteAsync(context, Run(fields.Text("session_id"), code, files)).ConfigureAwait(false);
    }

    private CodeInterpreterResponse Run(string sessionId, string code, Dictionary<string, string> files)
    {
        try
        {
            var statements = CodeParser.Parse(code);
            var session = sessionId.Length == 0 ? _sessions.Start() : _sessions.Find(sessionId);
            return session is null
                ? Failed($"The session {sessionId} does not exist or has expired.")
                : new CodeInterpreterResponse
                {
                    Data = new CodeInterpreterResult { SessionId = session.Id, Status = "success", Outputs = session.Run(statements, files, time.GetUtcNow()) },
                };
        }
        catch (CodeRefusedException exception)
        {
            return Failed(exception.Message);
        }
    }

    private Task ListAsync(HttpContext context) => JsonResponse.WriteAsync(context, new CodeInterpreterSessionListResponse
    {
        Data = new CodeInterpreterSessions { Sessions = [.. _sessions.Listed.Select(static session => session.Facts)] },
    });

    private static CodeInterpreterResponse Failed(string reason) => new() { Errors = [JValue.CreateString(reason)] };

    private static (string Name, string Content) File(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object)
        {
            throw ApiErrorException.Invalid("files must be an array of objects.", "files");
        }

        var fields = JsonFields.Read<CodeInterpreterFile>(file);
        fields.RequireWord("encoding", "string", "base64");
        var content = fields.Text("content");
        return (fields.Text("name"), fields.Text("encoding") == "base64" ? Decoded(content) : content);
    }

    private static string Decoded(string content)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(content));
        }
        catch (FormatException)
        {
            throw ApiErrorException.Invalid("The content of a file is not base64.", "files");
        }
    }
}
