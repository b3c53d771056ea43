using TogetherAI.Samples.Gateway.Load;

// Without arguments: the whole load test. The others are the processes that it starts.
return args switch
{
    [] => await LoadTest.RunAsync(Console.Out),
    [Child.Upstream] => await Child.ServeAsync(UpstreamServer.Build()),
    [Child.Gateway, var upstream] => await Child.ServeAsync(Relays.Gateway("http://127.0.0.1:0", new Uri(upstream))),
    [Child.Yarp, var upstream] => await Child.ServeAsync(Relays.Yarp(new Uri(upstream))),
    _ => 2,
};
