using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>What <c>x-job</c> says of an operation that retrieves a job agrees with the job's schema.</summary>
internal sealed class JobCheck : IStep
{
    public const string Key = "x-job";

    private static readonly string[] Words = ["status", "succeeded", "failed", "error"];

    public void Run(ApiDocument document)
    {
        foreach (var operation in document.Operations)
        {
            if (operation.Node.Map(Key) is { } job)
            {
                Check(document, operation, job);
            }
        }
    }

    /// <summary>The schema of the job; null where the response is no object.</summary>
    public static MapNode? SchemaOf(ApiDocument document, Operation operation)
        => operation.Success?.Response.Map("content") is { Entries: [{ Value: MapNode content }, ..] } ? document.Follow(content["schema"]) : null;

    private static void Check(ApiDocument document, Operation operation, MapNode job)
    {
        foreach (var entry in job.Entries.Where(static entry => !Words.Contains(entry.Key)))
        {
            document.Faults.Add(Codes.Extension, entry.KeyPlace, $"'{Key}' has no key '{entry.Key}'.{Suggestion.For(entry.Key, Words)} Its keys are {string.Join(", ", Words)}.");
        }

        var fields = SchemaOf(document, operation) is { } schema ? SchemaFields.Of(document, schema) : [];
        if (fields.Count == 0)
        {
            document.Faults.Add(Codes.Extension, job.Place, $"'{Key}' belongs to an operation whose response is the job, an object with its status.");
            return;
        }

        var status = Field(document, job, fields, "status", isRequired: true, "a string", static kind => kind is ShapeKind.Text or ShapeKind.Word);
        _ = Field(document, job, fields, "error", isRequired: false, "a string or an object", static kind => kind is not (ShapeKind.Integer or ShapeKind.Number or ShapeKind.Decimal or ShapeKind.Boolean or ShapeKind.Bytes or ShapeKind.File or ShapeKind.List));
        foreach (var word in new[] { "succeeded", "failed" })
        {
            if (job[word] is not ListNode list || list.Items.Count == 0 || list.Items.Exists(static item => item is not ScalarNode { IsText: true }))
            {
                document.Faults.Add(Codes.Extension, job[word]?.Place ?? job.Place, $"'{word}' of '{Key}' must be the list of statuses with which a job ends so.");
            }
            else if (status?.Kind == ShapeKind.Word)
            {
                RequireValues(document, list, [.. status.Schema!.List("enum")!.Texts]);
            }
        }

        RequireOneMeaning(document, job);
    }
    private static Shape? Field(ApiDocument document, MapNode job, Dictionary<string, Node> fields, string word, bool isRequired, string what, Func<ShapeKind, bool> isMeant)
    {
        if (job[word] is null && !isRequired)
        {
            return null;
        }

        if (job[word] is not ScalarNode { IsText: true } field || !fields.TryGetValue(field.Text, out var node))
        {
            document.Faults.Add(Codes.Extension, job[word]?.Place ?? job.Place, $"'{word}' of '{Key}' must name a field of the job.{(job[word] is ScalarNode name ? Suggestion.For(name.Text, fields.Keys) : "")}");
            return null;
        }

        var shape = Shape.Of(document, node);
        if (!isMeant(shape.Kind))
        {
            document.Faults.Add(Codes.Extension, field.Place, $"'{word}' of '{Key}' must name a field that is {what}.");
        }

        return shape;
    }

    private static void RequireValues(ApiDocument document, ListNode statuses, IReadOnlyList<string> known)
    {
        foreach (var status in statuses.Items.OfType<ScalarNode>().Where(status => !known.Contains(status.Text)))
        {
            document.Faults.Add(Codes.Extension, status.Place, $"The status has no value '{status.Text}'.{Suggestion.For(status.Text, known)}");
        }
    }

    private static void RequireOneMeaning(ApiDocument document, MapNode job)
    {
        var succeeded = job.List("succeeded")?.Texts.ToList() ?? [];
        foreach (var status in (job.List("failed")?.Items ?? []).OfType<ScalarNode>().Where(status => succeeded.Contains(status.Text)))
        {
            document.Faults.Add(Codes.Extension, status.Place, $"'{status.Text}' stands under 'succeeded' and 'failed' of '{Key}'. A job ends with it in one way.");
        }
    }
}
