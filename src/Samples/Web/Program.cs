using TogetherAI;
using TogetherAI.LocalServer;
using TogetherAI.Samples.Web;

var builder = WebApplication.CreateBuilder(args);

// Without a key, a mock server answers, as slowly as a model.
await using var server = Environment.GetEnvironmentVariable("TOGETHER_API_KEY") is null ? await TogetherAILocalServer.StartAsync() : null;
builder.Services.AddHttpClient<TogetherAIClient>(http => http.Timeout = Timeout.InfiniteTimeSpan)
    .AddTypedClient(http => new TogetherAIClient(http, new TogetherAIOptions { BaseUrl = server?.Url }));
await using var app = builder.Build();

app.MapGet("/", () => Results.Content(Page.Html, "text/html"));
app.MapGet("/ask", (string question, TogetherAIClient together) => TypedResults.ServerSentEvents(Answers.Of(question, together.Chat)));

await app.RunAsync();
