using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Streams;

namespace TogetherAI.Generator.Semantics;

/// <summary>What makes a request one that must not be sent twice is a boolean that the request has.</summary>
internal sealed class IdempotenceCheck : IStep
{
    public const string Key = "x-idempotent";

    /// <summary>The word for the field of the request that, when it is true, makes the operation start something.</summary>
    public const string Unless = "unless";

    public void Run(ApiDocument document)
    {
        foreach (var operation in document.Operations)
        {
            if (operation.Node.Map(Key) is { } condition)
            {
                Check(document, operation, condition);
            }
        }
    }

    private static void Check(ApiDocument document, Operation operation, MapNode condition)
    {
        foreach (var entry in condition.Entries.Where(static entry => entry.Key != Unless))
        {
            document.Faults.Add(Codes.Extension, entry.KeyPlace, $"'{Key}' has no key '{entry.Key}', only '{Unless}'.");
        }

        if (condition[Unless] is not ScalarNode { IsText: true } field)
        {
            document.Faults.Add(Codes.Extension, condition[Unless]?.Place ?? condition.Place, $"'{Unless}' of '{Key}' must name the boolean of the request that makes it not idempotent.");
            return;
        }

        var fields = StreamFlag.Fields(document, StreamFlag.Request(operation), field.Text);
        if (fields.Count == 0 || !fields.TrueForAll(found => StreamFlag.IsBoolean(document, found)))
        {
            document.Faults.Add(Codes.Extension, field.Place, $"'{Unless}' of '{Key}' names '{field.Text}', which is no boolean of the request of {operation}.");
        }
    }
}
