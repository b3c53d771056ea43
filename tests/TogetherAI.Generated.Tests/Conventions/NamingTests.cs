using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace TogetherAI.Tests.Conventions;

public sealed partial class NamingTests
{
    [Test]
    public void Public_identifier_has_no_underscore()
    {
        var identifiers = PublicSurface.Types.Select(type => type.Name)
            .Concat(PublicSurface.Members.Where(member => !member.Name.StartsWith("op_", StringComparison.Ordinal)).Select(member => member.Name))
            .Concat(PublicSurface.Members.OfType<MethodBase>().SelectMany(method => method.GetParameters()).Select(parameter => parameter.Name!));

        Assert.That(identifiers.Distinct(), Has.None.Contains("_").And.Not.Empty);
    }

    [Test]
    public void Type_has_a_name_that_somebody_chose()
    {
        var names = PublicSurface.Assembly.GetTypes().Select(type => type.Name);

        Assert.That(names.Where(name => InventedName().IsMatch(name)), Is.Empty);
    }

    [TestCase("Anonymous", ExpectedResult = true)]
    [TestCase("Anonymous2", ExpectedResult = true)]
    [TestCase("Body", ExpectedResult = true)]
    [TestCase("Response2", ExpectedResult = true)]
    [TestCase("InferenceResponse", ExpectedResult = false)]
    public bool Invented_name_is_recognised(string name) => InventedName().IsMatch(name);

    [Test]
    public void Public_type_is_in_the_root_namespace()
    {
        var elsewhere = PublicSurface.Types.Where(type => type.Namespace != "TogetherAI");

        Assert.That(elsewhere, Is.Empty);
    }

    [GeneratedRegex("^(Anonymous|Body|Response|Data)[0-9]*$")]
    private static partial Regex InventedName();
}
