using System.Reflection;
using Newtonsoft.Json;

namespace TogetherAI.Tests;

/// <summary>Makes values of the document's types, with nothing in them but what is required.</summary>
internal static class Sample
{
    public static object? OfParameter(ParameterInfo parameter) => parameter.HasDefaultValue ? parameter.DefaultValue : Of(parameter.ParameterType);

    public static object? Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "text"
            : type == typeof(object) ? "any"
            : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
            : type.IsValueType ? Activator.CreateInstance(type)
            : type.IsGenericType ? Collection(type)
            : typeof(Newtonsoft.Json.Linq.JToken).IsAssignableFrom(type) ? new Newtonsoft.Json.Linq.JObject()
            : typeof(Stream).IsAssignableFrom(type) ? new MemoryStream([1])
            : type == typeof(FileUpload) ? FileUpload.FromBytes([1], "file.bin")
            : Object(type);
    }

    // A list has one item: an empty one is rarely enough.
    private static object Collection(Type type)
    {
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            return Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        }

        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments))!;
        list.Add(Of(arguments[0]));
        return list;
    }

    private static object? Object(Type type)
    {
        // Values that are one of several, and extensible enumerations.
        if (type.GetConstructor(Type.EmptyTypes) is null)
        {
            return type.GetProperties(BindingFlags.Public | BindingFlags.Static).FirstOrDefault(property => property.PropertyType == type)?.GetValue(null)
                ?? type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                    .FirstOrDefault(method => method.ReturnType == type && method.Name.StartsWith("From", StringComparison.Ordinal) && method.GetParameters().Length == 1)
                    ?.Invoke(null, [Of(type.GetMethods(BindingFlags.Public | BindingFlags.Static).First(method => method.ReturnType == type && method.Name.StartsWith("From", StringComparison.Ordinal)).GetParameters()[0].ParameterType)]);
        }

        var value = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(IsRequired))
        {
            property.SetValue(value, Of(property.PropertyType));
        }

        return value;
    }

    private static bool IsRequired(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyAttribute>()?.Required == Required.Always;
}
