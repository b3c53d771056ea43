using System.Reflection;
using System.Xml.Linq;
using System.Xml.XPath;

namespace TogetherAI.Tests.Conventions;

/// <summary>The package's XML file, with what entries inherit in its place, as editors show it.</summary>
internal static class Documentation
{
    private const string Inherit = "inheritdoc";

    // What is inherited from .NET itself is described there.
    private static readonly XElement Foreign = new("member", new XElement("summary", "Of the base class library."));

    private static readonly Dictionary<string, XElement> ById =
        XDocument.Load(Path.ChangeExtension(PublicSurface.Assembly.Location, ".xml"))
            .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);

    public static IEnumerable<XElement> Entries => ById.Values;

    /// <summary>The entry of a member; null where there is none.</summary>
    public static XElement? Of(MemberInfo member)
    {
        if (!ById.TryGetValue(DocumentationId.Of(member), out var entry))
        {
            return null;
        }

        return entry.Elements(Inherit).Any(element => element.Attribute("cref") is null) ? OfBase(member) : Expanded(entry);
    }

    public static bool IsForeign(XElement entry) => entry == Foreign;

    private static XElement? OfBase(MemberInfo member)
    {
        if (member is not MethodInfo method)
        {
            return member is PropertyInfo { GetMethod: { } getter } && getter.GetBaseDefinition() != getter ? Foreign : null;
        }

        var implemented = from contract in method.DeclaringType!.IsInterface ? [] : method.DeclaringType.GetInterfaces()
                          let map = method.DeclaringType.GetInterfaceMap(contract)
                          let position = Array.IndexOf(map.TargetMethods, method)
                          where position >= 0
                          select map.InterfaceMethods[position];
        var origin = method.GetBaseDefinition() is { } definition && definition != method ? definition : implemented.FirstOrDefault();
        return origin is null ? null : origin.DeclaringType!.Assembly == PublicSurface.Assembly ? Of(origin) : Foreign;
    }

    // What one element inherits stands before what the entry says itself.
    private static XElement Expanded(XElement entry)
    {
        var whole = new XElement(entry);
        foreach (var inherit in whole.Elements(Inherit).ToList())
        {
            var origin = ById[(string)inherit.Attribute("cref")!];
            inherit.ReplaceWith(Selected(Expanded(origin), (string?)inherit.Attribute("path")));
        }

        return whole;
    }

    // The compiler's rule: a path that begins with a slash begins at what the entry contains.
    private static IEnumerable<XElement> Selected(XElement entry, string? path)
        => path is null ? entry.Elements() : new XDocument(entry).XPathSelectElements(path.StartsWith('/') ? "/*" + path : path);
}
