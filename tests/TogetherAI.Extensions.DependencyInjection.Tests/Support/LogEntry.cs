using Microsoft.Extensions.Logging;

namespace TogetherAI.DependencyInjection.Tests.Support;

/// <summary>What was logged, with the text of the exception, if there is one.</summary>
internal sealed record LogEntry(string Category, LogLevel Level, EventId Event, string Text);
