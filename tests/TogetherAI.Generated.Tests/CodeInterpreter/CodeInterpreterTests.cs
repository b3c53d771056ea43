using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.CodeInterpreter;

public sealed class CodeInterpreterTests
{
    private const string Path = "/v1/tci/execute";

    private static readonly CodeInterpreterRequest Request = new(CodeInterpreterLanguage.Python, "print(2+2)");

    [Test, CancelAfter(30_000)]
    public async Task Run_outputs_of_every_type_are_read(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, """
            {"errors":null,"data":{"session_id":"s","status":"success","outputs":[
              {"type":"stdout","data":"4\n"},{"type":"stderr","data":"warned\n"},{"type":"stdout","data":"5\n"},
              {"type":"display_data","data":{"image/png":"AAEC","text/plain":"<Figure>"}},
              {"type":"error","data":"NameError: x"}]}}
            """);

        var result = (await server.Client.CodeInterpreter.RunAsync(Request, cancellationToken: cancellationToken)).Data!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.SessionId, result.StandardOutput, result.StandardError, result.ExceptionText), Is.EqualTo(("s", "4\n5\n", "warned\n", "NameError: x")));
            Assert.That((result.Outputs[3].Text, (string?)result.Outputs[3].Data!["image/png"]), Is.EqualTo(("<Figure>", "AAEC")));
            Assert.That(server.Received.Body, Is.EqualTo("""{"language":"python","code":"print(2+2)"}"""));
        }
    }

    [TestCase("""{"data":null,"errors":["The session has expired."]}""", "The session has expired.")]
    [TestCase("""{"data":null,"errors":[{"message":"No sandbox."}]}""", "No sandbox.")]
    [TestCase("""{"data":null,"errors":["One.",{"code":2}]}""", """One.; {"code":2}""")]
    [CancelAfter(30_000)]
    public void Run_that_reports_errors_throws_what_they_say(string body, string message, CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, body);

        Assert.That(
            async () => await server.Client.CodeInterpreter.RunAsync(Request, cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIServerException>().With.Property(nameof(TogetherAIException.ServerMessage)).EqualTo(message));
    }

    [TestCase("""{"data":null,"errors":null}""")]
    [TestCase("""{"data":null,"errors":[]}""")]
    [TestCase("{}")]
    [CancelAfter(30_000)]
    public void Run_without_result_and_errors_is_no_empty_success(string body, CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("POST", Path, body);

        Assert.That(async () => await server.Client.CodeInterpreter.RunAsync(Request, cancellationToken: cancellationToken), Throws.TypeOf<TogetherAIInvalidResponseException>());
    }

    [Test, CancelAfter(30_000)]
    public void ListSessions_that_reports_errors_throws_what_they_say(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/tci/sessions", """{"data":null,"errors":["Not allowed."]}""");

        Assert.That(
            async () => await server.Client.CodeInterpreter.ListSessionsAsync(cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIServerException>().With.Message.Contains("Not allowed."));
    }
}
