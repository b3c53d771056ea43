using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.Audio;

/// <summary>A form with an audio file. The audio is read as it comes, and only measured.</summary>
internal sealed class AudioForm
{
    // Of a text. A recording may be of any length: none of it is kept.
    private const int MostCharacters = 16_384;

    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.Ordinal);

    /// <summary>Name of the file, or its address; null where there is none.</summary>
    public string? FileName { get; private set; }

    /// <summary>What there is to know about the file; null where only its address was sent.</summary>
    public AudioLength? Length { get; private set; }

    public static async Task<AudioForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType != "multipart/form-data"
            || type.Parameters.FirstOrDefault(parameter => parameter.Name == "boundary")?.Value?.Trim('"') is not { Length: > 0 } boundary)
        {
            throw ApiErrorException.Invalid("The request needs the header Content-Type: multipart/form-data, with a boundary.");
        }

        var form = new AudioForm();
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
            {
                await form.AddAsync(section, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested))
        {
            throw ApiErrorException.Invalid($"The request body is not a form: {exception.Message}");
        }

        return form;
    }

    public IReadOnlyList<string> All(string name) => _fields.TryGetValue(name, out var values) ? values : [];

    public string Text(string name, string otherwise = "") => All(name) is [.., var last] ? last : otherwise;

    public bool Flag(string name) => Text(name, "false") switch
    {
        "true" => true,
        "false" => false,
        _ => throw ApiErrorException.Invalid($"{name} must be true or false.", name),
    };

    public void RequireNumber(string name, double least, double most)
    {
        if (All(name).Count == 0)
        {
            return;
        }

        if (!double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value >= least && value <= most))
        {
            throw ApiErrorException.Invalid($"{name} must be a number between {least} and {most}.", name);
        }
    }

    public void RequireWords(string name, params string[] words)
    {
        if (All(name).Any(value => !words.Contains(value)))
        {
            throw ApiErrorException.Invalid($"{name} must be one of {string.Join(", ", words)}.", name);
        }
    }

    private async Task AddAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var disposition = section.GetContentDispositionHeader();
        var name = disposition?.Name.ToString().Trim('"') ?? "";
        var fileName = disposition?.FileName.ToString().Trim('"') ?? "";
        if (fileName.Length > 0)
        {
            Length = await AudioLength.MeasureAsync(section.Body, cancellationToken).ConfigureAwait(false);
            FileName = name == "file" ? fileName : FileName;
            return;
        }

        var value = await ReadTextAsync(section.Body, name, cancellationToken).ConfigureAwait(false);
        FileName = name == "file" && value.Length > 0 ? value : FileName;
        var field = name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
        if (!_fields.TryGetValue(field, out var values))
        {
            _fields.Add(field, values = []);
        }

        values.Add(value);
    }

    private static async Task<string> ReadTextAsync(Stream body, string name, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        var text = new char[MostCharacters + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
        return length <= MostCharacters
            ? new string(text, 0, length)
            : throw ApiErrorException.Invalid($"{name} has more than {MostCharacters} characters.", name);
    }
}
