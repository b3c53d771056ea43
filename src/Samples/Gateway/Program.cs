using TogetherAI.Samples.Gateway;

// With upstreams in the configuration (Upstreams:0:Url, Upstreams:0:Keys:0, …) the gateway calls those; otherwise it starts two
// local servers, the first of which fails now and then, so that it can be tried without a key.
var configuration = new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables("GATEWAY_").AddCommandLine(args).Build();
var settings = configuration.Get<GatewaySettings>() ?? new GatewaySettings();
await using var local = settings.Upstreams.Count == 0 ? await LocalUpstreams.StartAsync() : null;
settings.Upstreams.AddRange(local?.Settings ?? []);

await using var gateway = GatewayServer.Build(settings);
await gateway.StartAsync();
Console.WriteLine($"The gateway listens on {string.Join(", ", gateway.Urls)}, and calls {string.Join(", ", settings.Upstreams.Select(upstream => upstream.Url))}.");
await gateway.WaitForShutdownAsync();
