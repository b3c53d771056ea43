using System.CommandLine;
using TogetherAI.Cli.Output;
using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Commands;

/// <summary>Generates a video, waits for it and downloads it.</summary>
internal static class VideoCommand
{
    private const string DefaultModel = "minimax/hailuo-02";

    private static readonly TogetherAIWaitOptions Waiting = new() { Timeout = Timeout.InfiniteTimeSpan };

    public static Command Create(Terminal terminal)
    {
        var prompt = new Argument<string>("prompt") { Description = "The prompt; - reads standard input." };
        var output = new OutputFile();
        return new ApiCommand<VideoRequest>(
            "video", "Generates a video, waits for it and writes it to a file.", [prompt, output.Option], new HashSet<string> { "prompt" }, terminal)
        {
            DefaultModel = DefaultModel,
            NeedsRoot = true,
            Create = async (command, cancellationToken) => new VideoRequest
            {
                Model = DefaultModel,
                Prompt = await PromptText.ReadAsync(command.GetRequiredValue(prompt), terminal.Input, cancellationToken).ConfigureAwait(false),
            },
            Run = (call, cancellationToken) => RunAsync(call, output, cancellationToken),
        };
    }

    private static async Task RunAsync(ApiCall<VideoRequest> call, OutputFile output, CancellationToken cancellationToken)
    {
        using var target = await output.OpenAsync(call.Command, call.Terminal, cancellationToken).ConfigureAwait(false);
        var started = await call.WaitAsync(() => call.Client.Videos.CreateAsync(call.Request, call.Options, cancellationToken)).ConfigureAwait(false);
        // Whoever stops waiting has paid for the video, and can still retrieve it.
        call.Terminal.Note($"The video {started.Id} was started.");
        var job = await call.WaitAsync(() => call.Client.Videos.WaitAsync(started.Id, progress: null, Waiting, call.Options, cancellationToken)).ConfigureAwait(false);
        var url = job.Outputs?.VideoUrl ?? throw new CommandFailedException($"The video {started.Id} is complete, but its URL is missing in the response.");
        await DownloadAsync(url, target, cancellationToken).ConfigureAwait(false);
    }

    // The URL is one of a storage, which must not get the API key.
    private static async Task DownloadAsync(string url, OutputTarget target, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        try
        {
            using var response = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                await target.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or UriFormatException)
        {
            throw new CommandFailedException($"The video cannot be downloaded from {url}: {exception.Message}");
        }
    }
}
