using System.Text.Json;

namespace TogetherAI.LocalServer.Http;

/// <summary>JSON that is sent while it is written, as a response of its own or as an event of a stream.</summary>
internal interface IJsonPieces
{
    Utf8JsonWriter Json { get; }

    /// <summary>Writes a value, or an item of an array, that is a text and comes in pieces.</summary>
    ValueTask WriteTextAsync(IEnumerable<string> pieces);
}
