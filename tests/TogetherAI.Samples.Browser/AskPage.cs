using Microsoft.Playwright;

namespace TogetherAI.Samples.Browser;

/// <summary>The page of the web sample: an answer appears while it arrives, and ends.</summary>
internal static class AskPage
{
    public static async Task CheckAsync(IBrowser browser, string address)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(address);

        // Every state of the answer is kept: that the last one is whole says nothing of when it came.
        await page.EvaluateAsync("""
            () => {
              window.lengths = [];
              new MutationObserver(() => window.lengths.push(document.getElementById('answer').textContent.length))
                .observe(document.getElementById('answer'), { childList: true, characterData: true, subtree: true });
            }
            """);
        await page.FillAsync("#question", "Tell me 40 words about the sky.");
        await page.ClickAsync("button");
        await page.WaitForFunctionAsync("() => document.getElementById('state').textContent === 'done'");

        var lengths = await page.EvaluateAsync<int[]>("() => window.lengths.filter(length => length > 0)");
        var words = (await page.InnerTextAsync("#answer")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (words != 40 || lengths.Distinct().Count() < 5 || !lengths.SequenceEqual(lengths.Order()))
        {
            throw new InvalidOperationException($"The answer has {words} words and was shown with these lengths: {string.Join(", ", lengths)}.");
        }

        Console.WriteLine($"The answer of {words} words has grown {lengths.Length} times.");
    }
}
