using System.Reflection;
using NUnit.Framework;

namespace TogetherAI.Tests.Conventions;

/// <summary>What is deprecated says so in a warning of its own, which callers can switch off by its id.</summary>
public sealed class ObsoleteTests
{
    private static readonly List<(MemberInfo Member, ObsoleteAttribute Attribute)> Obsolete =
    [
        .. from type in PublicSurface.Types
           from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Prepend(type)
           where member is not ConstructorInfo
           let attribute = member.GetCustomAttribute<ObsoleteAttribute>()
           where attribute is not null
           select (member, attribute),
    ];

    [Test]
    public void Deprecated_member_has_a_message_that_says_what_the_document_says()
    {
        var field = Obsolete.Single(each => each.Member.DeclaringType == typeof(ChatCompletionMessage));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(field.Attribute.Message, Is.EqualTo("The API has deprecated it. The older form of `tool_calls`, for a single call."));
            Assert.That(Obsolete.Select(each => each.Attribute.Message), Has.All.StartsWith("The API has deprecated it."));
        }
    }

#if !NETSTANDARD_CLIENT
    [Test]
    public void Deprecated_member_has_an_id()
        => Assert.That(Obsolete.Select(each => each.Attribute.DiagnosticId), Is.Not.Empty.And.All.EqualTo("TAI1001"));
#endif
}
