using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

public sealed class PublicNameTests
{
    [Test]
    public void Public_type_of_the_server_begins_with_its_name()
        => Assert.That(typeof(TogetherAILocalServer).Assembly.GetExportedTypes().Select(type => type.Name), Is.Not.Empty.And.All.StartsWith("TogetherAILocalServer"));
}
