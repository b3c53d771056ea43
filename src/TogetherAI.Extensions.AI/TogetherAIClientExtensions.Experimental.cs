using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI;
using TogetherAI.Extensions.AI.Audio;
using TogetherAI.Extensions.AI.Images;

namespace TogetherAI;

// The interfaces that are experimental in Microsoft.Extensions.AI.
public static partial class TogetherAIClientExtensions
{
    /// <summary>Returns an <see cref="IImageGenerator"/> that generates and edits images.</summary>
    /// <param name="client">The client, which is not disposed with the returned object.</param>
    /// <param name="model">
    /// The ID of the model for requests without an <see cref="ImageGenerationOptions.ModelId"/>; null if every request has one.
    /// </param>
    /// <param name="options">The options of every call, such as timeouts and headers; null for those of the client.</param>
    /// <returns>A thread-safe object without state of its own.</returns>
    /// <remarks>
    /// <para>
    /// A single original image is sent as the image to edit, several as reference images. The images of the response are
    /// <see cref="UriContent"/>, or <see cref="DataContent"/> if <see cref="ImageGenerationOptions.ResponseFormat"/> is
    /// <see cref="ImageGenerationResponseFormat.Data"/>.
    /// </para>
    /// <para>
    /// <c>RawRepresentationFactory</c> may return an <see cref="ImageRequest"/>, whose set properties take precedence;
    /// <c>AdditionalProperties</c> are sent as fields of the request, by JSON name.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    [Experimental(Provider.Experiment)]
    public static IImageGenerator AsIImageGenerator(this ITogetherAIImagesClient client, string? model = null, TogetherAIRequestOptions? options = null)
        => new ImageGeneratorAdapter(client ?? throw new ArgumentNullException(nameof(client)), model, options);

    /// <summary>Returns an <see cref="ISpeechToTextClient"/> that transcribes audio, or translates it.</summary>
    /// <param name="client">The client, which is not disposed with the returned object.</param>
    /// <param name="model">
    /// The ID of the model for requests without a <see cref="SpeechToTextOptions.ModelId"/>; null for the default of the server.
    /// </param>
    /// <param name="options">The options of every call, such as timeouts and headers; null for those of the client.</param>
    /// <returns>A thread-safe object without state of its own.</returns>
    /// <remarks>
    /// <para>
    /// A <see cref="SpeechToTextOptions.TextLanguage"/> that differs from <see cref="SpeechToTextOptions.SpeechLanguage"/> requests a
    /// translation. The API responds as a whole, so that a stream has one update with the whole text.
    /// </para>
    /// <para>
    /// The format of the audio is determined from the extension of a <see cref="FileStream"/>, otherwise from its first bytes. A failed
    /// call is retried only if the stream can seek.
    /// </para>
    /// <para>
    /// <c>RawRepresentationFactory</c> may return a <see cref="TranscriptionRequest"/> or a <see cref="TranslationRequest"/>, whose set
    /// properties, except for the file, take precedence; <c>AdditionalProperties</c> are sent as fields of the form, by JSON name.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    [Experimental(Provider.Experiment)]
    public static ISpeechToTextClient AsISpeechToTextClient(this ITogetherAIAudioClient client, string? model = null, TogetherAIRequestOptions? options = null)
        => new SpeechToTextAdapter(client ?? throw new ArgumentNullException(nameof(client)), model, options);

    /// <summary>Returns an <see cref="ITextToSpeechClient"/> that synthesizes speech.</summary>
    /// <param name="client">The client, which is not disposed with the returned object.</param>
    /// <param name="model">
    /// The ID of the model for requests without a <see cref="TextToSpeechOptions.ModelId"/>; null if every request has one.
    /// </param>
    /// <param name="voice">
    /// The voice for requests without a <see cref="TextToSpeechOptions.VoiceId"/>, as returned by
    /// <see cref="ITogetherAIAudioClient.ListVoicesAsync"/>; null if every request has one.
    /// </param>
    /// <param name="options">The options of every call, such as timeouts and headers; null for those of the client.</param>
    /// <returns>A thread-safe object without state of its own.</returns>
    /// <remarks>
    /// <para>
    /// A whole response is a file, by default of the server's default format, and of at most 256 MiB. A stream has samples of 16 bits
    /// (<c>audio/pcm</c>) as they are synthesized, or, if <see cref="TextToSpeechOptions.AudioFormat"/> is another format, the pieces of
    /// a file.
    /// </para>
    /// <para>
    /// <c>RawRepresentationFactory</c> may return a <see cref="SpeechRequest"/>, whose set properties, except for the text, take
    /// precedence; <c>AdditionalProperties</c> are sent as fields of the request, by JSON name.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    [Experimental(Provider.Experiment)]
    public static ITextToSpeechClient AsITextToSpeechClient(
        this ITogetherAIAudioClient client,
        string? model = null,
        string? voice = null,
        TogetherAIRequestOptions? options = null)
        => new TextToSpeechAdapter(client ?? throw new ArgumentNullException(nameof(client)), model, voice, options);
}
