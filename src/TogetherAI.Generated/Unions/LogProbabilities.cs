using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

/// <summary>
/// The log probabilities of tokens, in one of several formats. <see cref="Tokens"/> provides uniform access.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed class LogProbabilities : IUnion
{
    private readonly object _value;
    private IReadOnlyList<LogProbabilityToken>? _tokens;

    private LogProbabilities(object value) => _value = value;

    /// <summary>Gets the parallel lists; null for other formats.</summary>
    public LogProbabilityLists? Lists => _value as LogProbabilityLists;

    /// <summary>Gets the list of tokens; null for other formats.</summary>
    public LogProbabilityContent? Content => _value as LogProbabilityContent;

    /// <summary>Gets the single log probability of a stream chunk; null for other formats.</summary>
    public double? Number => _value as double?;

    /// <summary>Gets the JSON of a value of an unknown type; otherwise null.</summary>
    public JToken? Unknown => _value as JToken;

    /// <summary>
    /// Gets the tokens with their log probabilities. A stream chunk with a single number has one token without text.
    /// </summary>
    public IReadOnlyList<LogProbabilityToken> Tokens => _tokens ??= _value switch
    {
        LogProbabilityContent content => [.. content.Content],
        LogProbabilityLists lists => TokensOf(lists),
        double logprob => [new LogProbabilityToken { LogProbability = logprob }],
        _ => [],
    };

    /// <summary>The value, whatever its type is; a <see cref="JToken"/> if its type is unknown.</summary>
    public object Value => _value;

    /// <summary>Creates a value from parallel lists.</summary>
    [return: NotNullIfNotNull(nameof(lists))]
    public static implicit operator LogProbabilities?(LogProbabilityLists? lists)
        => lists is null ? null : new(lists);

    /// <summary>Creates a value from a list of tokens.</summary>
    [return: NotNullIfNotNull(nameof(content))]
    public static implicit operator LogProbabilities?(LogProbabilityContent? content)
        => content is null ? null : new(content);

    /// <summary>Creates a value from a log probability.</summary>
    public static implicit operator LogProbabilities(double logProbability) => new(logProbability);

    /// <summary>Creates a value of this type.</summary>
    /// <param name="lists">The parallel lists.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static LogProbabilities FromLists(LogProbabilityLists lists) => new(lists ?? throw new ArgumentNullException(nameof(lists)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="content">The list of tokens.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static LogProbabilities FromContent(LogProbabilityContent content) => new(content ?? throw new ArgumentNullException(nameof(content)));

    /// <summary>Creates a value of this type.</summary>
    /// <param name="logProbability">The log probability.</param>
    public static LogProbabilities FromNumber(double logProbability) => new(logProbability);

    /// <summary>Creates a value of an unknown type.</summary>
    /// <param name="json">The JSON, which is sent as it is.</param>
    /// <exception cref="ArgumentNullException">The JSON is null.</exception>
    public static LogProbabilities FromUnknown(JToken json) => new(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>The value as JSON.</summary>
    public override string ToString() => JToken.FromObject(_value, ApiJson.Writer).ToString(Formatting.None);

    private static LogProbabilityToken[] TokensOf(LogProbabilityLists lists)
    {
        var tokens = new LogProbabilityToken[Math.Max(lists.Tokens.Count, lists.TokenLogProbabilities.Count)];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = new LogProbabilityToken
            {
                Token = i < lists.Tokens.Count ? lists.Tokens[i] : null,
                LogProbability = i < lists.TokenLogProbabilities.Count ? lists.TokenLogProbabilities[i] : null,
            };
        }

        return tokens;
    }

    internal sealed class Converter : UnionConverter<LogProbabilities>
    {
        protected override LogProbabilities Create(JToken json) => json switch
        {
            JValue { Type: JTokenType.Float or JTokenType.Integer } => new LogProbabilities((double)json),
            // As numbers that are not finite are written in JSON.
            JValue { Value: "NaN" or "Infinity" or "-Infinity" } => new LogProbabilities((double)json),
            JObject body when body["content"] is JArray && As<LogProbabilityContent>(json) is { } content => content,
            JObject when As<LogProbabilityLists>(json) is { } lists => lists,
            _ => new LogProbabilities(json),
        };
    }
}
