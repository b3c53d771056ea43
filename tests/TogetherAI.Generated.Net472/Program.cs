using System.Net;
using TogetherAI.Net472;

// Makes every kind of call of the client, on the class library of .NET Framework, against the local server whose address is
// given: together serve --api-key KEY --tokens-per-second 0 --fault reset=0
if (args.Length != 2 || !Uri.TryCreate(args[0], UriKind.Absolute, out var url))
{
    Console.Error.WriteLine("Usage: TogetherAI.Generated.Net472 ADDRESS KEY, of a local server that lets in this key and has a --fault.");
    return 2;
}

// The class library allows two connections to a host unless it is told otherwise.
ServicePointManager.DefaultConnectionLimit = 100;
return await AllCalls.RunAsync(url, args[1]);
