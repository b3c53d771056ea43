using NUnit.Framework;

namespace TogetherAI.Tests.Document;

/// <summary>The word <c>x-idempotent</c> stands where a request must not be sent twice.</summary>
public sealed class IdempotenceExtensionTests
{
    [Test]
    public void Extension_marks_exactly_what_starts_something()
    {
        var marked = TogetherDocument.Operations.Where(operation => operation.Json["x-idempotent"] is not null).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                marked.Select(operation => $"{operation.Id}: {operation.Json["x-idempotent"]!.ToString(Newtonsoft.Json.Formatting.None)}"),
                Is.EquivalentTo(new[]
                {
                    "Videos_Create: false",
                    "Models_Upload: false",
                    "Batches_Create: false",
                    "FineTuning_Create: false",
                    "CodeInterpreter_Run: false",
                    "Evaluations_Create: false",
                    "Queue_Create: false",
                    "Queue_Cancel: false",
                    "Run: {\"unless\":\"async\"}",
                }));
            Assert.That(
                TogetherDocument.Operations.Where(operation => ((string)operation.Json["summary"]!).StartsWith("Starts", StringComparison.Ordinal)),
                Is.SubsetOf(marked));
        }
    }
}
