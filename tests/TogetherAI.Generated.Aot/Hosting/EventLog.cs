using Microsoft.Extensions.Logging;

namespace TogetherAI.Aot.Hosting;

/// <summary>Prints which log entries the client writes, without their times.</summary>
internal sealed class EventLog(TextWriter output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, output);

    public void Dispose()
    {
    }

    private sealed class Category(string name, TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => name.StartsWith("TogetherAI", StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var fields = state is IEnumerable<KeyValuePair<string, object?>> named ? string.Join(", ", named.Select(static field => field.Key)) : "";
            output.WriteLine($"# {logLevel} {name} {eventId.Id} {eventId.Name} ({fields})");
        }
    }
}
