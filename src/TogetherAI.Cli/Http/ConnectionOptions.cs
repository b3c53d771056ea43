using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace TogetherAI.Cli.Http;

/// <summary>The options that say where a request goes and what goes with it.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<Uri?> _apiUrl = new("--api-url")
    {
        Description = "The exact URL of a compatible endpoint; nothing is appended. The key in TOGETHER_API_KEY, if set, is sent to it.",
        HelpName = "url",
        CustomParser = ParseUrl,
    };

    private readonly Option<string[]> _headers = new("--header")
    {
        Description = "A request header, which replaces the tool's header of the same name. Repeatable.",
        HelpName = "Name: value",
    };

    private readonly Option<TimeSpan?> _timeout = new("--timeout")
    {
        Description = "The timeout, in seconds: for the whole response or, in a stream, for its start and for each event.",
        HelpName = "seconds",
        CustomParser = ParseSeconds,
    };

    private readonly Option<bool> _insecure = new("--allow-insecure-http")
    {
        Description = "Allow sending the key to another host over plain HTTP.",
    };

    public ConnectionOptions()
    {
        _headers.Validators.Add(result =>
        {
            // The value is not quoted back: it may be a secret.
            if (result.Tokens.Any(token => token.Value.IndexOf(':', StringComparison.Ordinal) <= 0))
            {
                result.AddError("--header needs the form \"Name: value\".");
            }
        });
    }

    /// <summary>Whether the address is the root of a server's addresses, for commands that need several of them.</summary>
    public bool TakesRoot
    {
        get;
        set
        {
            field = value;
            _apiUrl.Description = "Root of the addresses of a compatible server. The key in TOGETHER_API_KEY, if there is one, is sent to it.";
        }
    }

    public IEnumerable<Option> All => [_apiUrl, _headers, _timeout, _insecure];

    public ConnectionSettings Read(ParseResult command)
    {
        var settings = new ConnectionSettings(command.GetValue(_apiUrl), command.GetValue(_timeout), command.GetValue(_insecure)) { IsRoot = TakesRoot };
        foreach (var header in command.GetValue(_headers) ?? [])
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            settings.Headers[header[..colon].Trim()] = header[(colon + 1)..].Trim();
        }

        return settings;
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError("--api-url needs a whole address, such as https://host/inference.");
        return null;
    }

    private static TimeSpan? ParseSeconds(ArgumentResult result)
    {
        // More than this, in milliseconds, is more than a timer takes.
        const double MostSeconds = int.MaxValue / 1000.0;
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= MostSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError("--timeout needs a number of seconds above 0.");
        return null;
    }
}
