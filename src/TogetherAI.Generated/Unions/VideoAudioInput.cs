using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>A recording to work from: its address, or an object with it. A string and a <see cref="VideoAudioReference"/> convert to it.</summary>
[JsonConverter(typeof(Converter))]
public sealed class VideoAudioInput : IUnion
{
    private readonly object _value;

    private VideoAudioInput(object value) => _value = value;

    /// <summary>The address, in whichever form it was given; null where there is none.</summary>
    public string? Url => _value as string ?? Reference?.Audio;

    /// <summary>The object; null where the address stands alone.</summary>
    public VideoAudioReference? Reference => _value as VideoAudioReference;

    /// <summary>The value where a server sent something else; otherwise null.</summary>
    public JToken? Json => _value as JToken;

    object IUnion.Value => _value;

    /// <summary>Takes an address.</summary>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator VideoAudioInput?(string? url)
        => url is null ? null : new(url);

    /// <summary>Takes an object with the address.</summary>
    [return: NotNullIfNotNull(nameof(reference))]
    public static implicit operator VideoAudioInput?(VideoAudioReference? reference)
        => reference is null ? null : new(reference);

    /// <summary>The address, or the value as JSON where there is none.</summary>
    public override string ToString() => Url ?? Json?.ToString(Formatting.None) ?? "";

    internal sealed class Converter : UnionConverter<VideoAudioInput>
    {
        protected override VideoAudioInput Create(JToken json) => json switch
        {
            JValue { Value: string url } => url,
            JObject when As<VideoAudioReference>(json) is { } reference => reference,
            _ => new VideoAudioInput(json),
        };
    }
}
