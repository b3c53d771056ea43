using System.Net;

namespace TogetherAI;

/// <summary>The part of a form that is a file.</summary>
internal sealed class UploadContent : HttpContent
{
    private readonly UploadSource _source;
    private readonly long? _length;

    public UploadContent(UploadSource source)
    {
        _source = source;
        _length = source.Begin();
        Headers.TryAddWithoutValidation("Content-Type", source.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => _source.CopyToAsync(stream, CancellationToken.None);

#if NET8_0_OR_GREATER
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        => _source.CopyToAsync(stream, cancellationToken);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }
}
