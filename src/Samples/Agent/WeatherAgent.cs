using System.ComponentModel;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace TogetherAI.Samples.Agent;

/// <summary>An agent with one tool. It remembers the conversation, calls the tool when the model asks for it, and writes text as it arrives.</summary>
internal sealed class WeatherAgent
{
    private const string Model = "openai/gpt-oss-120b";

    private readonly AIAgent _agent;
    private readonly TextWriter _output;
    private AgentSession? _session;

    public WeatherAgent(ITogetherAIChatClient chat, TextWriter output)
    {
        _output = output;
        _agent = chat.AsIChatClient(Model).AsAIAgent(
            instructions: "You tell the weather. Use your tool, and be brief.",
            name: "Weather",
            tools: [AIFunctionFactory.Create(GetWeather, "get_weather")]);
    }

    /// <summary>Asks a question, and writes the tool calls and the text of the response.</summary>
    public async Task AskAsync(string question, CancellationToken cancellationToken = default)
    {
        _session ??= await _agent.CreateSessionAsync(cancellationToken);
        await _output.WriteLineAsync($"> {question}");
        await foreach (var update in _agent.RunStreamingAsync(question, _session, cancellationToken: cancellationToken))
        {
            await _output.WriteAsync(update.Text);
        }

        await _output.WriteLineAsync();
    }

    // A real agent would ask a weather service.
    [Description("Tells the weather of a city.")]
    private string GetWeather([Description("The name of the city.")] string city, [Description("The day, such as tomorrow.")] string day = "today")
    {
        _output.WriteLine($"[get_weather: {city}, {day}]");
        return "sunny, 21 degrees";
    }
}
