namespace TogetherAI;

public partial interface ITogetherAIClient
{
    /// <summary>Live speech synthesis and transcription over WebSockets.</summary>
    ITogetherAIRealtimeClient Realtime { get; }
}

public sealed partial class TogetherAIClient
{
    private TogetherAIRealtimeClient? _realtime;

    /// <inheritdoc cref="ITogetherAIClient.Realtime"/>
    public TogetherAIRealtimeClient Realtime => _realtime ?? Interlocked.CompareExchange(ref _realtime, new TogetherAIRealtimeClient(_areas), null) ?? _realtime;

    ITogetherAIRealtimeClient ITogetherAIClient.Realtime => Realtime;

    static partial void AddHandWrittenAreas(Dictionary<Type, Func<ITogetherAIClient, object>> areas)
        => areas.Add(typeof(ITogetherAIRealtimeClient), static client => client.Realtime);
}
