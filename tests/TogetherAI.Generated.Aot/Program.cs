using TogetherAI;
using TogetherAI.Aot;
using TogetherAI.Net472;

// Makes every kind of call against the local server whose address is given: together serve --api-key KEY --tokens-per-second 0
// --fault reset=0. What it prints is the same however it was compiled.
if (args.Length != 2 || !Uri.TryCreate(args[0], UriKind.Absolute, out var url))
{
    Console.Error.WriteLine("Usage: TogetherAI.Generated.Aot ADDRESS KEY, of a local server that lets in this key and has a --fault.");
    return 2;
}

await Transcript.WriteAsync(Console.Out);
var options = new TogetherAIOptions { BaseUrl = url, ApiKey = args[1], MaxRetries = 0, Timeout = TimeSpan.FromSeconds(60) };
using var client = new TogetherAIClient(options);
var checks = new CheckList();
WholeCalls.AddTo(checks, client);
StreamCalls.AddTo(checks, client);
DialogCalls.AddTo(checks, client);
AudioCalls.AddTo(checks, client);
PlatformCalls.AddTo(checks, client);
Failures.AddTo(checks, client, url);
Cancellations.AddTo(checks, client);
return await checks.RunAsync();
