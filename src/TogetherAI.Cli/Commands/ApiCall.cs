using System.CommandLine;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>One call: what to send, where, and the command line that asked for it.</summary>
internal sealed record ApiCall<TRequest>(
    TogetherAIClient Client,
    TRequest Request,
    TogetherAIRequestOptions Options,
    Terminal Terminal,
    ParseResult Command)
{
    public bool Json { get; init; }

    /// <summary>Waits for a whole response; a person at a terminal sees that something is going on.</summary>
    public Task<TResponse> WaitAsync<TResponse>(Func<Task<TResponse>> work) => Terminal.WaitAsync("Waiting for the response", work);
}
