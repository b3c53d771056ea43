using NUnit.Framework;
using TogetherAI;

public sealed class ProgramTests
{
    [Test]
    public void Options_of_the_program_are_valid() => Assert.That(new TogetherAIOptions { ApiKey = "key" }.GetValidationErrors(), Is.Empty);
}
