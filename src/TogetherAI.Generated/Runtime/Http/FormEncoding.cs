namespace TogetherAI.Runtime.Http;

/// <summary>How a form is written.</summary>
internal enum FormEncoding
{
    /// <summary><c>multipart/form-data</c>, which can have files.</summary>
    Multipart,

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    UrlEncoded,
}
