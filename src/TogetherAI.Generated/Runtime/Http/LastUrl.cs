namespace TogetherAI.Runtime.Http;

/// <summary>The address of the last call of a client. Most calls have that of the one before, which need not be joined and parsed again.</summary>
internal sealed class LastUrl
{
    // One reference, so that calls at the same time see the three values of one call.
    private Joined? _last;

    /// <summary>The address of a call.</summary>
    public Uri Join(Uri baseUrl, string relative)
    {
        var last = _last;
        if (last is null || !ReferenceEquals(last.BaseUrl, baseUrl) || last.Relative != relative)
        {
            _last = last = new Joined(baseUrl, relative, BaseAddress.Join(baseUrl, relative));
        }

        return last.Url;
    }

    private sealed class Joined(Uri baseUrl, string relative, Uri url)
    {
        public Uri BaseUrl => baseUrl;

        public string Relative => relative;

        public Uri Url => url;
    }
}
