using System.Text.Json;

namespace TogetherAI.Runtime.Json;

// Fitting a text to the one that was learned, without parsing it.
internal sealed partial class JsonTape
{
    private const int MostBytesToLearn = 64 * 1024;

    private byte[] _learned = [];

    /// <summary>
    /// Keeps the parsed text, so that others can be fitted to it. Values vary that were seen to, as long as they are not
    /// pinned.
    /// </summary>
    /// <param name="json">The text that was parsed.</param>
    /// <param name="required">A string that varies in any case, but is never empty; -1 for none.</param>
    public void Learn(ReadOnlySpan<byte> json, int required)
    {
        if (json.Length > MostBytesToLearn)
        {
            return;
        }

        if (_learned.Length < json.Length)
        {
            _learned = new byte[json.Length * 2];
        }

        json.CopyTo(_learned);
        var start = 0;
        for (var i = 0; i < _tokenCount; i++)
        {
            ref var token = ref _tokens[i];
            token.Part = _partCount;
            token.HasVaried |= _mismatch >= token.Start && _mismatch <= token.Start + token.Length;
            token.IsVarying = i == required
                || (token.HasVaried && !token.IsPinned && token.Type is JsonTokenType.String or JsonTokenType.Number);
            if (token.IsVarying)
            {
                AddPart(start, token.Start, token.Type, token.Length, token.IsEscaped, i == required);
                start = token.Start + token.Length;
            }
        }

        AddPart(start, json.Length, JsonTokenType.None, 0, isEscaped: false, isRequired: false);
    }

    /// <summary>Makes another text the present one, if it differs from the learned one only where that may vary.</summary>
    public bool TryFit(ReadOnlySpan<byte> json)
    {
        _mismatch = JsonTapeToken.None;
        var position = 0;
        for (var i = 0; i < _partCount; i++)
        {
            ref var part = ref _parts[i];
            var rest = json.Slice(position);
            var same = _learned.AsSpan(part.Start, part.Length);
            if (!rest.StartsWith(same))
            {
                _mismatch = position + CommonLength(rest, same);
                return false;
            }

            part.Shift = position - part.Start;
            position += part.Length;
            if (part.Varying == JsonTokenType.None)
            {
                break;
            }

            part.VaryingLength = part.Varying == JsonTokenType.String
                ? JsonString.Length(json.Slice(position), out part.IsEscaped)
                : JsonNumber.Length(json.Slice(position));
            if (part.VaryingLength < (part.IsRequired ? 1 : 0))
            {
                return false;
            }

            position += part.VaryingLength;
        }

        return _partCount > 0 && position == json.Length;
    }

    private static int CommonLength(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && left[length] == right[length])
        {
            length++;
        }

        return length;
    }

    private void ForgetVariations(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _tokens[i].HasVaried = false;
        }
    }

    private void AddPart(int start, int end, JsonTokenType varying, int length, bool isEscaped, bool isRequired)
    {
        if (_partCount == _parts.Length)
        {
            Array.Resize(ref _parts, _partCount * 2);
        }

        _parts[_partCount++] = new JsonTapePart
        {
            Start = start,
            Length = end - start,
            Varying = varying,
            VaryingLength = length,
            IsEscaped = isEscaped,
            IsRequired = isRequired,
        };
    }
}
