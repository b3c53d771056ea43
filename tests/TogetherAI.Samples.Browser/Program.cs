using Microsoft.Playwright;
using TogetherAI.Samples.Browser;

// chromium PAGE [DOCUMENTATION]: the page of the web sample, and the folder of the documentation if it is to be looked at.
if (args is not [var chromium, var page, .. var documentation])
{
    Console.Error.WriteLine("error: the path of Chromium and the address of the page are needed.");
    return 2;
}

using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
try
{
    await AskPage.CheckAsync(browser, page);
    foreach (var folder in documentation)
    {
        await DocumentationSite.CheckAsync(browser, folder);
    }

    return 0;
}
catch (Exception exception) when (exception is PlaywrightException or TimeoutException or InvalidOperationException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}
