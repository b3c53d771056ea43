using System.Security.Cryptography;

namespace TogetherAI.Fuzzing.Inputs;

/// <summary>The inputs that reached new code, from which others are made.</summary>
internal sealed class Corpus
{
    private const int Newest = 32;

    private readonly string? _folder;
    private readonly List<FuzzInput> _inputs = [];

    public Corpus(string? folder)
    {
        _folder = folder;
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }
    }

    public int Count => _inputs.Count;

    /// <summary>The inputs of the folder, in an order that is always the same.</summary>
    public IEnumerable<FuzzInput> Kept() => _folder is null ? []
        : Directory.GetFiles(_folder).Order(StringComparer.Ordinal).Select(file => FuzzInput.OfFile(File.ReadAllBytes(file)));

    public void Add(FuzzInput input)
    {
        _inputs.Add(input);
        if (_folder is not null)
        {
            var file = input.ToFile();
            File.WriteAllBytes(Path.Combine(_folder, NameOf(file)), file);
        }
    }

    /// <summary>Any input; the newest ones more often, because what they led to has not been explored.</summary>
    public FuzzInput Choose(Random random)
        => random.Next(3) == 0 ? _inputs[^(1 + random.Next(Math.Min(Newest, _inputs.Count)))] : _inputs[random.Next(_inputs.Count)];

    /// <summary>The name of an input's file.</summary>
    public static string NameOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file))[..16];
}
