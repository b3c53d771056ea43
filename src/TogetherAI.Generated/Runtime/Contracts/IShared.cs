namespace TogetherAI.Runtime.Contracts;

/// <summary>A value that copies of a request share, such as a file.</summary>
internal interface IShared
{
}
