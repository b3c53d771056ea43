using System.Collections;
using System.Reflection;

namespace TogetherAI.Tests.Support;

/// <summary>Everything that a program can read of an object: what a log or a debugger may show.</summary>
internal static class Reflected
{
    /// <summary>The texts of an object, of its properties, and of all that those lead to.</summary>
    public static IReadOnlyList<string> TextsOf(object root)
    {
        var texts = new List<string>();
        Visit(root, texts, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return texts;
    }

    private static void Visit(object? value, List<string> texts, HashSet<object> seen)
    {
        if (value is null || (!value.GetType().IsValueType && !seen.Add(value)))
        {
            return;
        }

        texts.Add(value.ToString() ?? "");
        if (value is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                Visit(entry.Key, texts, seen);
                Visit(entry.Value, texts, seen);
            }
        }
        else if (value is IEnumerable items and not string)
        {
            foreach (var item in items)
            {
                Visit(item, texts, seen);
            }
        }

        if (value is Exception || value.GetType().Assembly == typeof(TogetherAIException).Assembly)
        {
            foreach (var member in Members(value))
            {
                Visit(member, texts, seen);
            }
        }
    }

    private static IEnumerable<object?> Members(object value)
    {
        var properties = value.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.Name != nameof(Exception.TargetSite))
            .Select(property => property.GetValue(value));
        var fields = value.GetType().Assembly == typeof(TogetherAIException).Assembly
            ? value.GetType().GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Select(field => field.GetValue(value))
            : [];
        return properties.Concat(fields);
    }
}
