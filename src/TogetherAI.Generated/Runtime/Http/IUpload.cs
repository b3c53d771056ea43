using TogetherAI.Runtime.Contracts;

namespace TogetherAI.Runtime.Http;

/// <summary>A value of a form that is a file, or the address of one.</summary>
internal interface IUpload : IShared
{
    /// <summary>The file; null where there is only an address.</summary>
    UploadSource? Source { get; }

    /// <summary>The address; null where there is a file.</summary>
    string? Address { get; }
}
