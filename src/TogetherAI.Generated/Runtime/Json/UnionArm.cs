using Newtonsoft.Json.Linq;

namespace TogetherAI.Runtime.Json;

/// <summary>By what a type of a union is known in JSON; generated code describes each.</summary>
internal sealed class UnionArm
{
    private readonly UnionKind _kind;
    private readonly UnionKind _items;
    private readonly string? _field;
    private readonly string[] _values;
    private readonly string[] _required;
    private readonly string[] _fields;

    public UnionArm(UnionKind kind, UnionKind items = UnionKind.Any, string? field = null, string[]? values = null, string[]? required = null, string[]? fields = null)
    {
        _kind = kind;
        _items = items;
        _field = field;
        _values = values ?? [];
        _required = required ?? [];
        _fields = fields ?? [];
    }

    /// <summary>
    /// The position of the type that JSON is of; -1 where it is none. Of several objects that one is taken whose field has
    /// the right value; without such a field, the one that has its required fields and most of the fields that are there.
    /// </summary>
    public static int Choose(UnionArm[] arms, JToken json)
    {
        var best = -1;
        var bestFit = -1;
        for (var position = 0; position < arms.Length; position++)
        {
            var fit = arms[position].Fit(json);
            if (fit > bestFit)
            {
                best = position;
                bestFit = fit;
            }
        }

        return best;
    }

    // How well the JSON fits, for comparison with other types; negative where it does not.
    private int Fit(JToken json)
    {
        if (!Is(_kind, json))
        {
            return _kind == UnionKind.Number && NonFiniteNumbers.IsName(json) ? 0 : -1;
        }

        return json switch
        {
            JObject fields => Fit(fields),
            JArray items => HasOnly(items, _items) ? 0 : -1,
            // Before a number that is written as a text.
            _ => _kind == UnionKind.String ? 1 : 0,
        };
    }

    private static bool HasOnly(JArray items, UnionKind kind)
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (!Is(kind, items[index]))
            {
                return false;
            }
        }

        return true;
    }

    private int Fit(JObject json)
    {
        if (_field is not null)
        {
            // The field decides alone: an object that says what it is is nothing else.
            var said = json[_field] is JValue { Value: string text } ? text : null;
            if (said is not null)
            {
                return _values.Contains(said, StringComparer.Ordinal) ? int.MaxValue : -1;
            }
        }

        return _required.All(json.ContainsKey) ? _fields.Count(json.ContainsKey) : -1;
    }

    private static bool Is(UnionKind kind, JToken json) => kind switch
    {
        UnionKind.String => json.Type == JTokenType.String,
        UnionKind.Number => json.Type is JTokenType.Integer or JTokenType.Float,
        UnionKind.Boolean => json.Type == JTokenType.Boolean,
        UnionKind.Array => json.Type == JTokenType.Array,
        UnionKind.Object => json.Type == JTokenType.Object,
        _ => true,
    };
}
