using System.Reflection;
using System.Runtime.Versioning;
using NUnit.Framework;

namespace TogetherAI.Tests;

public sealed class TargetTests
{
    [Test]
    public void Client_under_test_is_its_netstandard_build()
    {
        var target = typeof(TogetherAIInferenceClient).Assembly.GetCustomAttribute<TargetFrameworkAttribute>();

        Assert.That(target!.FrameworkName, Is.EqualTo(".NETStandard,Version=v2.0"));
    }
}
