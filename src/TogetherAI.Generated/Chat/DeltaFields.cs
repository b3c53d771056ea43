using System.Text;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

/// <summary>
/// Puts together the fields of deltas that the document does not know: lists are appended, and texts joined unless every delta
/// has the same one; of anything else the last value counts. Null erases nothing.
/// </summary>
internal sealed class DeltaFields
{
    private readonly Dictionary<string, Field> _fields = [];

    public void Add(IExtensible? delta)
    {
        foreach (var piece in delta?.Extra ?? new Dictionary<string, JToken>())
        {
            if (!_fields.TryGetValue(piece.Key, out var field))
            {
                _fields[piece.Key] = field = new Field();
            }

            field.Add(piece.Value);
        }
    }

    /// <summary>Gives the fields to an object; see <see cref="ExtraFields.CopyUnset"/>.</summary>
    public void CopyTo<T>(T target)
        where T : IExtensible
        => ExtraFields.CopyUnset(_fields.ToDictionary(static field => field.Key, static field => field.Value.Whole), target);

    private sealed class Field
    {
        private readonly StringBuilder _text = new();
        private JToken _last = JValue.CreateNull();
        private JArray? _items;
        private bool _differs;

        public JToken Whole => _items ?? (_differs ? new JValue(_text.ToString()) : _last);

        public void Add(JToken? piece)
        {
            if (piece is null or { Type: JTokenType.Null })
            {
                return;
            }

            if (piece.Type != _last.Type)
            {
                // Pieces of several kinds cannot be joined.
                _text.Clear();
                _items = null;
                _differs = false;
            }
            else if (piece is JValue { Value: string text })
            {
                _differs |= text != (string?)_last;
            }

            if (piece is JArray items)
            {
                _items ??= [];
                foreach (var item in items)
                {
                    _items.Add(item.DeepClone());
                }
            }
            else if (piece is JValue { Value: string text })
            {
                _text.Append(text);
            }

            _last = piece;
        }
    }
}
