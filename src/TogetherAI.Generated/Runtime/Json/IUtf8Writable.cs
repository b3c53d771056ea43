#if NET8_0_OR_GREATER
namespace TogetherAI.Runtime.Json;

/// <summary>An object that writes itself as JSON; generated.</summary>
internal interface IUtf8Writable
{
    void WriteUtf8(Utf8Target target);
}
#endif
