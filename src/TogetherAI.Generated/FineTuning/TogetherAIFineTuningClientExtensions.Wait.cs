namespace TogetherAI;

// Completes the generated class (tag FineTuning): waiting with a token and without options.
public static partial class TogetherAIFineTuningClientExtensions
{
    /// <inheritdoc cref="ITogetherAIFineTuningClient.WaitForEventsAsync" path="/*[not(@name='options' or @name='wait')]"/>
    /// <inheritdoc cref="CreateAsync" path="/param[@name='client']"/>
    public static IAsyncEnumerable<FineTuningEvent> WaitForEventsAsync(this ITogetherAIFineTuningClient client, string id, CancellationToken cancellationToken)
        => (client ?? throw new ArgumentNullException(nameof(client))).WaitForEventsAsync(id, cancellationToken: cancellationToken);
}
