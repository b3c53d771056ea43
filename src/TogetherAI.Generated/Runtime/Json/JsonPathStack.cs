#if NET8_0_OR_GREATER
using System.Globalization;
using System.Text;

namespace TogetherAI.Runtime.Json;

/// <summary>Where in a text a reader is, for messages.</summary>
internal sealed class JsonPathStack
{
    private readonly List<object> _steps = [];

    /// <summary>How many steps it has.</summary>
    public int Depth => _steps.Count;

    /// <summary>Enters a field by its name, or an item by its position.</summary>
    public void Push(object step) => _steps.Add(step);

    /// <summary>Leaves what was entered last.</summary>
    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>Leaves what was entered behind a depth; there may be more of it where reading broke off.</summary>
    public void LeaveTo(int depth) => _steps.RemoveRange(depth, _steps.Count - depth);

    /// <summary>The path as Newtonsoft.Json writes it, such as <c>choices[0].text</c>.</summary>
    public override string ToString()
    {
        var path = new StringBuilder();
        foreach (var step in _steps)
        {
            if (step is int position)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{position}]");
            }
            else
            {
                path.Append(path.Length > 0 ? "." : "").Append(step);
            }
        }

        return path.ToString();
    }
}
#endif
