using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TogetherAI.Cli.Batches;

/// <summary>The hash of the id of a request, which is small enough to remember very many of them.</summary>
internal static class RequestId
{
    public static UInt128 Hash(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
