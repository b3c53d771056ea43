using System.Xml;
#pragma warning disable IDE0005 // One of the projects that compile this file has it as a global using.
using NUnit.Framework;
#pragma warning restore IDE0005
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;

namespace TogetherAI.Tests.Support;

/// <summary>The runner leaves out a test, and says nothing, whose name has a character that XML does not allow.</summary>
public sealed class TestNameTests
{
    [Test]
    public void Name_of_each_test_is_one_that_the_runner_takes()
    {
        var assembly = new DefaultTestAssemblyBuilder().Build(typeof(TestNameTests).Assembly, new Dictionary<string, object>());

        var names = Names(assembly).ToList();

        Assert.That(names, Has.Count.GreaterThan(100));
        Assert.That(names.Where(static name => !IsAllowed(name)), Is.Empty);
    }

    private static IEnumerable<string> Names(ITest test) => test.HasChildren ? test.Tests.SelectMany(Names) : [test.FullName];

    private static bool IsAllowed(string name)
    {
        try
        {
            XmlConvert.VerifyXmlChars(name);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
