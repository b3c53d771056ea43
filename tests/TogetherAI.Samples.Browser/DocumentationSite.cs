using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace TogetherAI.Samples.Browser;

/// <summary>The documentation: its pages open without an error, a page of the guide has its samples, and the search finds a type.</summary>
internal static class DocumentationSite
{
    public static async Task CheckAsync(IBrowser browser, string folder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseFileServer(new FileServerOptions
        {
            FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder)),
            StaticFileOptions = { ServeUnknownFileTypes = true },
        });
        await app.StartAsync();

        var page = await browser.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(app.Urls.First() + "/index.html");

        await page.ClickAsync("article a:text-is('Streams and how they end')");
        await page.WaitForSelectorAsync("h1:text-is('Streams and how they end')");
        await page.WaitForSelectorAsync("code.lang-csharp .hljs-keyword");
        await page.FillAsync("#search-query", "ChatCompletionAccumulator");
        await page.WaitForSelectorAsync("#search-results a:has-text('ChatCompletionAccumulator')");

        if (errors.Count > 0)
        {
            throw new InvalidOperationException($"The documentation has errors of scripts: {string.Join("; ", errors)}");
        }

        Console.WriteLine("The documentation opens, shows its samples, and finds a type.");
    }
}
