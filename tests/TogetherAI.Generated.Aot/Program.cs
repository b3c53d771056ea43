using TogetherAI.Aot;
using TogetherAI.Aot.Hosting;
using TogetherAI.Net472;

// Makes every kind of call against the local server whose address is given: together serve --api-key KEY --tokens-per-second 0
// --fault reset=0. What it prints is the same however it was compiled.
if (args.Length != 2 || !Uri.TryCreate(args[0], UriKind.Absolute, out var url))
{
    Console.Error.WriteLine("Usage: TogetherAI.Generated.Aot ADDRESS KEY, of a local server that lets in this key and has a --fault.");
    return 2;
}

await Transcript.WriteAsync(Console.Out);
await WorkerHost.RunAsync(url, args[1], Console.Out);
return await AllCalls.RunAsync(url, args[1]);
