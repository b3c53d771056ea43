namespace TogetherAI.Fuzzing.Inputs;

/// <summary>Makes an input of others.</summary>
/// <param name="random">Decides.</param>
/// <param name="words">What the inputs of the target have in them: names, values, pieces of the wire.</param>
internal sealed class Mutator(Random random, byte[][] words)
{
    /// <summary>Larger ones take longer, and show nothing more.</summary>
    private const int MaxBytes = 4 * 1024;

    private const int MaxSteps = 6;

    /// <summary>A body that differs in a few places.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="other">A second one, of which pieces are taken.</param>
    public byte[] Mutate(byte[] body, byte[] other)
    {
        for (var steps = 1 + random.Next(MaxSteps); steps > 0; steps--)
        {
            body = Step(body, other);
        }

        return body.Length > MaxBytes ? body[..MaxBytes] : body;
    }

    private byte[] Step(byte[] body, byte[] other) => random.Next(13) switch
    {
        0 => Replace(body, Place(body, 1), [(byte)random.Next(256)]),
        1 => Replace(body, Place(body, 1), f => [(byte)(f[0] ^ (1 << random.Next(8)))]),
        2 => Replace(body, Place(body, 16), []),
        3 => Replace(body, Place(body, 0), [(byte)random.Next(256)]),
        4 => Replace(body, Place(body, 64), f => [.. f, .. f]),
        5 => Replace(body, Place(body, 8), Word()),
        6 => Replace(body, Place(body, 0), Word()),
        7 => Replace(body, Place(body, 32), Piece(other)),
        8 => Replace(body, Value(body), Word()),
        9 => Replace(body, Value(body), ValueOf(other)),
        10 => Replace(body, Value(body), ValueOf(body)),
        11 => Replace(body, Value(body), f => [.. f, (byte)',', .. ValueOf(random.Next(2) == 0 ? body : other)]),
        _ => Replace(body, Place(body, 8), InOtherCase),
    };

    private byte[] Word() => words[random.Next(words.Length)];

    private byte[] Piece(byte[] other)
    {
        var (start, length) = Place(other, 128);
        return other[start..(start + length)];
    }

    private byte[] ValueOf(byte[] other)
    {
        var (start, length) = Value(other);
        return other[start..(start + length)];
    }

    private (int Start, int Length) Place(byte[] body, int maxLength)
    {
        var start = random.Next(body.Length + 1);
        return (start, Math.Min(maxLength == 0 ? 0 : 1 + random.Next(maxLength), body.Length - start));
    }

    private (int Start, int Length) Value(byte[] body) => JsonSpans.ValueAt(body, random.Next(body.Length + 1)) ?? (body.Length, 0);

    private static byte[] InOtherCase(byte[] piece) => [.. piece.Select(one => char.IsAsciiLetter((char)one) ? (byte)(one ^ 0x20) : one)];

    private static byte[] Replace(byte[] body, (int Start, int Length) place, byte[] by)
        => [.. body[..place.Start], .. by, .. body[(place.Start + place.Length)..]];

    private static byte[] Replace(byte[] body, (int Start, int Length) place, Func<byte[], byte[]> change)
        => place.Length == 0 ? body : Replace(body, place, change(body[place.Start..(place.Start + place.Length)]));
}
