using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace TogetherAI.Tests.Conventions;

public sealed partial class NamingTests
{
    private static IEnumerable<string> Identifiers
        => PublicSurface.Types.Select(type => type.Name)
            .Concat(PublicSurface.Members.Where(member => member is not ConstructorInfo && !member.Name.StartsWith("op_", StringComparison.Ordinal)).Select(member => member.Name))
            .Concat(PublicSurface.Members.OfType<MethodBase>().Where(method => !IsOverride(method)).SelectMany(method => method.GetParameters()).Select(parameter => parameter.Name!))
            .Distinct();

    [Test]
    public void Public_identifier_has_no_underscore()
        => Assert.That(Identifiers, Has.None.Contains("_").And.Not.Empty);

    [Test]
    public void Public_identifier_is_written_in_whole_words()
        => Assert.That(Identifiers.Where(IdentifierWords.AreWrong), Is.Empty, "Give it another name: x-csharp-name or x-enumNames in the document.");

    [TestCase("N", ExpectedResult = true)]
    [TestCase("B64Json", ExpectedResult = true)]
    [TestCase("HfToken", ExpectedResult = true)]
    [TestCase("TopLogprobs", ExpectedResult = true)]
    [TestCase("MP4", ExpectedResult = true)]
    [TestCase("HTTPClient", ExpectedResult = true)]
    [TestCase("maxSecs", ExpectedResult = true)]
    [TestCase("Mp4", ExpectedResult = false)]
    [TestCase("PcmALaw", ExpectedResult = false)]
    [TestCase("TopK", ExpectedResult = false)]
    [TestCase("ITogetherAIChatClient", ExpectedResult = false)]
    [TestCase("httpClient", ExpectedResult = false)]
    public bool Word_that_is_cut_short_is_recognised(string identifier) => IdentifierWords.AreWrong(identifier);

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

    private static bool IsOverride(MethodBase method) => method is MethodInfo declared && declared.GetBaseDefinition() != declared;

    [GeneratedRegex("^(Anonymous|Body|Response|Data)[0-9]*$")]
    private static partial Regex InventedName();
}
