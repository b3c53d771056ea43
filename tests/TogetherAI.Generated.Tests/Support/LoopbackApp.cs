using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace TogetherAI.Tests.Support;

/// <summary>A web application on a free port of this machine, for servers that tests write themselves.</summary>
internal static class LoopbackApp
{
    /// <summary>Creates one without routes, which is not started.</summary>
    public static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }
}
