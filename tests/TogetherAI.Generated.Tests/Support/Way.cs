namespace TogetherAI.Tests.Support;

/// <summary>The ways of calling that differ in how a response is read.</summary>
public enum Way
{
    Whole,
    List,
    Bytes,
    Objects,
    Texts,
    File,
}

/// <summary>Makes calls in every way.</summary>
public static class Ways
{
    public static Way[] All { get; } = Enum.GetValues<Way>();

    /// <summary>Makes a call and reads it to its end.</summary>
    public static async Task CompleteAsync(this TogetherAIClient client, Way way, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        switch (way)
        {
            case Way.Whole:
                await client.Inference.RunAsync(Clients.Request, options, cancellationToken);
                break;
            case Way.List:
                await client.Models.ListAsync(options: options, cancellationToken: cancellationToken);
                break;
            case Way.File:
                var sentence = new SpeechRequest { Model = "m", Input = "Hi.", Voice = "v" };
                using (var recording = await client.Audio.CreateSpeechAsync(sentence, options, cancellationToken))
                {
                    await recording.CopyToAsync(Stream.Null, cancellationToken);
                }

                break;
            default:
                await client.Inference.CompleteAsync(
                    way switch { Way.Bytes => Call.StreamBytes, Way.Objects => Call.Stream, _ => Call.StreamTokens },
                    options,
                    cancellationToken);
                break;
        }
    }
}
