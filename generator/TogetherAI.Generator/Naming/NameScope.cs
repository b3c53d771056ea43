using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Naming;

/// <summary>Names of which none occurs twice: one that is taken gets a number.</summary>
internal sealed class NameScope(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>Takes the wanted name, or the first free one with a number.</summary>
    /// <param name="wanted">The name.</param>
    /// <param name="prefix">What makes another name of it that is taken with it; null for none.</param>
    public string Take(string wanted, string? prefix = null)
    {
        var name = wanted;
        for (var number = 2; _taken.Contains(name) || (prefix is not null && _taken.Contains(prefix + name)); number++)
        {
            name = $"{wanted}{number}";
        }

        _taken.Add(name);
        if (prefix is not null)
        {
            _taken.Add(prefix + name);
        }

        return name;
    }

    /// <summary>Takes a name that must be as it is; false where it is taken, or is none in C#.</summary>
    public bool TryTake(string name) => CSharpIdentifier.IsValid(name) && _taken.Add(name);

    /// <summary>Takes a name that a person gave; one that is invalid or taken is a fault.</summary>
    public string? TakeGiven(ScalarNode given, FaultList faults)
    {
        if (!CSharpIdentifier.IsValid(given.Text))
        {
            faults.Add(Codes.Name, given.Place, $"'{given.Text}' is no name in C#. It has letters, digits and underscores, begins with none of the digits, and is no keyword.");
            return null;
        }

        if (!_taken.Add(given.Text))
        {
            faults.Add(Codes.Name, given.Place, $"The name '{given.Text}' is already used. Choose another one.");
            return null;
        }

        return given.Text;
    }
}
