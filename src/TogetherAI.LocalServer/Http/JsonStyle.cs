using System.Text.Encodings.Web;
using System.Text.Json;

namespace TogetherAI.LocalServer.Http;

/// <summary>JSON as Together writes it: on one line, and nothing escaped that JSON does not ask for.</summary>
internal static class JsonStyle
{
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static JsonWriterOptions Writer { get; } = new() { Encoder = Encoder, SkipValidation = true };
}
