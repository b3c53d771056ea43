using TogetherAI.Runtime.Buffers;

namespace TogetherAI.Runtime.Json;

/// <summary>Puts the pieces of a text together that come under one of several names, mostly all under the same.</summary>
internal sealed class AliasedTextAccumulator
{
    private readonly GrowingText _joined = new();
    private readonly List<GrowingText?> _names = [];

    /// <summary>All pieces in the order in which they came, whatever their names; empty where there were none.</summary>
    public string Text => _joined.ToString();

    public void Add(AliasedText piece)
    {
        for (var name = 0; name < piece.Count; name++)
        {
            if (piece[name] is { Length: > 0 } text)
            {
                while (_names.Count <= name)
                {
                    _names.Add(null);
                }

                (_names[name] ??= new GrowingText()).Append(text);
            }
        }

        _joined.Append(piece.Text);
    }

    /// <summary>The text under the names that it came with.</summary>
    public AliasedText ToText()
    {
        switch (_names.Count(static text => text is not null))
        {
            case 0:
                return default;
            case 1:
                var one = new AliasedText();
                one[_names.FindIndex(static text => text is not null)] = Text;
                return one;
            default:
                return new AliasedText(new SeveralTexts([.. _names.Select(static text => text?.ToString())], Text));
        }
    }
}
