using TogetherAI;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddTogetherAI(builder.Configuration.GetSection("TogetherAI"));
builder.Services.AddHealthChecks().AddCheck<TogetherAIHealthCheck>("together");

await using var app = builder.Build();
app.MapHealthChecks("/health");
app.MapGet("/ask", (ITogetherAIChatClient chat, CancellationToken cancellationToken) => chat.StreamTokensAsync(
    new ChatCompletionRequest { Model = "any/model", Messages = [ChatCompletionMessage.FromUser("Why is the sky blue?")] },
    cancellationToken));
await app.StartAsync();

using var caller = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
if (await caller.GetStringAsync("/health") != "Healthy")
{
    throw new InvalidOperationException("The application is not healthy.");
}

Console.WriteLine(string.Concat(await caller.GetFromJsonAsync<string[]>("/ask") ?? []));
