using System.Globalization;
using TogetherAI.Runtime.Errors;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Http;

/// <summary>How large a whole response may be, and what the caller learns of a larger one.</summary>
internal readonly struct ResponseLimit
{
    private readonly string _name;

    private ResponseLimit(int bytes, string name)
    {
        Bytes = bytes;
        _name = name;
    }

    public int Bytes { get; }

    /// <summary>The lower one of the client's limit and the one of its HTTP stack.</summary>
    public static ResponseLimit Of(CallSettings settings)
        => settings.HttpClient.MaxResponseContentBufferSize < settings.MaxResponseBytes
            ? new((int)settings.HttpClient.MaxResponseContentBufferSize, "MaxResponseContentBufferSize of the HttpClient")
            : new(settings.MaxResponseBytes, nameof(IClientOptions.MaxResponseBytes));

    public TogetherAIResponseTooLargeException Exceeded(ApiResponse response)
        => Create(response, $"is larger than {Text(Bytes)} bytes ({_name})");

    public TogetherAIResponseTooLargeException Exceeded(ApiResponse response, JsonTooLargeException cause)
        => Create(response, $"has more than {Text(cause.MaxValues)} JSON values, which is too many for its limit of {Text(Bytes)} bytes ({_name})");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private TogetherAIResponseTooLargeException Create(ApiResponse response, string what) => new(
        $"The response of {ErrorText.Address(response.Settings.Url)} {what}. Increase the limit if such a large response is expected.",
        Bytes,
        response.Details());
}
