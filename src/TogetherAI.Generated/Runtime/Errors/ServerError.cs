using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;

namespace TogetherAI.Runtime.Errors;

/// <summary>
/// What a server says of a failure, whichever of the many shapes it uses: <c>error</c> as a sentence, as an object, or
/// as an object whose <c>message</c> is an object again; the same fields without <c>error</c> around them; the error
/// inside another error; or problem details (RFC 9457).
/// </summary>
internal sealed class ServerError
{
    private const int MaxNesting = 3;
    private const string ErrorWord = "error";

    private ServerError(string? message, string? type, string? code, string? parameter, string? requestId)
    {
        Message = message;
        Type = type;
        Code = code;
        Parameter = parameter;
        RequestId = requestId;
    }

    public string? Message { get; }

    public string? Type { get; }

    public string? Code { get; }

    public string? Parameter { get; }

    public string? RequestId { get; }

    /// <summary>Reads an error body, also one that breaks off; null where it is not JSON or says nothing of an error.</summary>
    public static ServerError? Parse(string json, ServiceProfile profile)
    {
        var token = ApiJson.ParseBeginning(json);
        return token is JObject or JArray { Count: > 0 } ? Read(token, profile) : null;
    }

    /// <summary>
    /// Reads the error of a response that came with success, but is not what was asked for; null where it holds none.
    /// </summary>
    /// <param name="json">Its body, or the beginning.</param>
    /// <param name="profile">What the service calls the fields of an error.</param>
    /// <param name="isProblem">Whether its type says that it is an error.</param>
    public static ServerError? ParseInBand(string json, ServiceProfile profile, bool isProblem = false)
        => Object(ApiJson.ParseBeginning(json)) is { } body && (isProblem || SaysFailure(body)) ? Read(body, profile) : null;

    /// <summary>
    /// Reads the error of a response that could be read as what was asked for; null where it holds none. Words such as
    /// <c>detail</c> may then be fields of a good response, unless there is none beside that the document knows.
    /// </summary>
    /// <param name="unknown">Its fields that the document does not know.</param>
    /// <param name="profile">What the service calls the fields of an error.</param>
    /// <param name="json">Gets its body; it is asked for only where it is needed.</param>
    public static ServerError? ParseUnknown(IDictionary<string, JToken> unknown, ServiceProfile profile, Func<string> json)
    {
        if (!unknown.Keys.Any(IsWordOfFailures) || Object(ApiJson.ParseBeginning(json())) is not { } body)
        {
            return null;
        }

        var isFailure = IsFailure(Value(body, "error")) || IsNamedError(body) || (body.Count == unknown.Count && SaysFailure(body));
        return isFailure ? Read(body, profile) : null;
    }

    /// <summary>
    /// Reads a response of which nothing is known; null where it holds more than an error. A job that failed has an error, too.
    /// </summary>
    public static ServerError? ParseAlone(string json, ServiceProfile profile)
        => Object(ApiJson.ParseBeginning(json)) is { } body && body.Properties().All(static field => IsWordOfErrors(field.Name)) && (IsFailure(Value(body, "error")) || IsNamedError(body))
            ? Read(body, profile)
            : null;

    /// <summary>Reads the free-form value of a field for errors.</summary>
    public static ServerError FromJson(string json, ServiceProfile profile)
        => Read(new JObject(new JProperty("error", ApiJson.ParseBeginning(json))), profile) ?? new ServerError(null, null, null, null, null);

    /// <summary>Whether a field for errors holds one: servers also send null, false or an empty text for "none".</summary>
    public static bool IsFailure(JToken? token) => token switch
    {
        null or { Type: JTokenType.Null or JTokenType.Undefined } => false,
        JValue { Value: false } => false,
        JValue { Value: string text } => text.Length > 0,
        _ => true,
    };

    private static ServerError? Read(JToken token, ServiceProfile profile)
    {
        if (Object(token) is not { } body)
        {
            return null;
        }

        var message = FirstText(body, "error", "message") ?? Problem(body);
        var error = new ServerError(
            message,
            profile.ErrorTypeFields.Select(name => KnownType(Field(body, name))).FirstOrDefault(type => type is not null),
            Field(body, "code"),
            Field(body, "param"),
            Field(body, "request_id") ?? Scalar(Value(body, "id")));
        return error is { Message: null, Type: null, Code: null } ? null : error;
    }

    // Some proxies wrap the object in an array.
    private static JObject? Object(JToken? token) => (token is JArray { Count: > 0 } array ? array[0] : token) as JObject;

    private static bool SaysFailure(JObject body)
        => IsFailure(Value(body, "error"))
        || IsNamedError(body)
        || Value(body, "message") is JValue { Value: string { Length: > 0 } }
        || Value(body, "detail") is JValue { Value: string { Length: > 0 } } or JContainer { HasValues: true };

    // {"object":"error","message":…} of vLLM, {"type":"error",…} of others.
    private static bool IsNamedError(JObject body)
        => Scalar(Value(body, "object")) == ErrorWord || Scalar(Value(body, "type")) == ErrorWord;

    private static bool IsWordOfErrors(string name)
        => IsWordOfFailures(name) || name.ToLowerInvariant() is "code" or "param" or "status" or "status_code" or "title" or "errors" or "request_id" or "timestamp";

    private static bool IsWordOfFailures(string name)
        => name.ToLowerInvariant() is ErrorWord or "object" or "type" or "message" or "detail";

    // RFC 9457, 3.1; FastAPI has a detail alone, ASP.NET Core a title and the errors of each field.
    private static string? Problem(JObject body)
    {
        var title = Scalar(Value(body, "title"));
        var detail = FirstText(body, "detail", "errors");
        return title is null || detail is null || detail.Contains(title) ? detail ?? title : $"{title.TrimEnd('.')}: {detail}";
    }

    // RFC 9457, 4.2.1: it says nothing that the status does not. Neither does the name of an object that is an error.
    private static string? KnownType(string? type) => type is "about:blank" or ErrorWord ? null : type;

    private static string? FirstText(JObject body, params string[] names)
    {
        foreach (var name in names)
        {
            if (TextOf(Value(body, name), MaxNesting) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static string? TextOf(JToken? token, int depth)
    {
        if (token is JObject inner && depth > 0)
        {
            return TextOf(Value(inner, "message"), depth - 1)
                ?? TextOf(Value(inner, "error"), depth - 1)
                ?? TextOf(Value(inner, "detail"), depth - 1)
                ?? (inner.Count > 0 ? inner.ToString(Formatting.None) : null);
        }

        return token is JContainer { HasValues: true } ? token.ToString(Formatting.None) : Scalar(token);
    }

    // The innermost object is the most exact: a gateway wraps what the model server said.
    private static string? Field(JObject body, string name, int depth = MaxNesting)
    {
        if (depth > 0)
        {
            var inner = Value(body, "error") as JObject ?? Value(body, "message") as JObject;
            if (inner is not null && Field(inner, name, depth - 1) is { } value)
            {
                return value;
            }
        }

        return Scalar(Value(body, name));
    }

    // Gateways also write "Message".
    private static JToken? Value(JObject body, string name) => body.GetValue(name, StringComparison.OrdinalIgnoreCase);

    private static string? Scalar(JToken? token)
    {
        if (token is not JValue { Value: not null } value)
        {
            return null;
        }

        var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture).Trim();
        // The latter is what JavaScript makes of an object that nobody spelled out.
        return text is "" or "[object Object]" ? null : text;
    }
}
