using System.Reflection;
using System.Runtime.CompilerServices;

namespace TogetherAI.Tests.Conventions;

/// <summary>Everything that a user of the package can see.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Assembly Assembly { get; } = typeof(TogetherAIOptions).Assembly;

    public static IReadOnlyList<Type> Types { get; } = Assembly.GetExportedTypes();

    /// <summary>Public and protected members that stand in the source; no accessors and no implied constructors.</summary>
    public static IEnumerable<MemberInfo> Members
        => from type in Types
           where !typeof(Delegate).IsAssignableFrom(type)
           from member in type.GetMembers(Declared)
           where IsVisible(member) && IsWritten(member)
           select member;

    public static IEnumerable<MethodInfo> Methods => Members.OfType<MethodInfo>();

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo @event => IsVisible(@event.AddMethod!),
        _ => false,
    };

    private static bool IsWritten(MemberInfo member) => member switch
    {
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute)) => false,
        ConstructorInfo constructor => constructor.GetParameters().Length > 0,
        MethodInfo method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal),
        FieldInfo field => !field.IsSpecialName,
        _ => true,
    };
}
