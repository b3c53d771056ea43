using System.Diagnostics;
using System.Text;

namespace TogetherAI.Cli.Output;

/// <summary>Writes text so that a terminal shows what it would otherwise obey.</summary>
/// <remarks>
/// Text arrives in pieces that may be cut anywhere. Invariant: what is pending is empty, a carriage return or the first half
/// of a surrogate pair, of which only the next character tells what it is.
/// </remarks>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    private char? _pending;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var text = new StringBuilder(buffer.Length);
        foreach (var character in buffer)
        {
            Add(text, character);
        }

        Debug.Assert(_pending is null or '\r' || char.IsHighSurrogate(_pending.Value));
        inner.Write(text);
    }

    public override void WriteLine() => Write("\n");

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Flush()
    {
        if (_pending is { } pending)
        {
            _pending = null;
            inner.Write(Alone(pending));
        }

        inner.Flush();
    }

    private void Add(StringBuilder text, char character)
    {
        var before = _pending;
        _pending = null;
        if (before is { } first)
        {
            if (Rune.TryCreate(first, character, out var pair))
            {
                Add(text, pair);
                return;
            }

            // The line break of Windows is one.
            text.Append(first == '\r' && character == '\n' ? "" : Alone(first));
        }

        if (character == '\r' || char.IsHighSurrogate(character))
        {
            _pending = character;
        }
        else if (Rune.TryCreate(character, out var rune))
        {
            Add(text, rune);
        }
        else
        {
            text.Append(character);
        }
    }

    private static void Add(StringBuilder text, Rune character)
    {
        if (VisibleText.IsEscaped(character))
        {
            text.Append(VisibleText.Escape(character));
        }
        else
        {
            text.Append(character.ToString());
        }
    }

    private static string Alone(char pending) => pending == '\r' ? VisibleText.Escape(new Rune(pending)) : pending.ToString();
}
