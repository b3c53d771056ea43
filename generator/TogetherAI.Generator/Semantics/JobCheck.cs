using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Nodes;

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
            document.Faults.Add(Codes.Extension, entry.KeyPlace, $"'{Key}' has no word '{entry.Key}'. Its words are {string.Join(", ", Words)}.");
        }

        var fields = SchemaOf(document, operation)?.Map("properties");
        if (fields is null)
        {
            document.Faults.Add(Codes.Extension, job.Place, $"'{Key}' belongs to an operation whose response is the job, an object with its status.");
            return;
        }

        RequireField(document, job, fields, "status", isRequired: true);
        RequireField(document, job, fields, "error", isRequired: false);
        foreach (var word in new[] { "succeeded", "failed" })
        {
            if (job[word] is not ListNode list || list.Items.Count == 0 || list.Items.Exists(static item => item is not ScalarNode { IsText: true }))
            {
                document.Faults.Add(Codes.Extension, job[word]?.Place ?? job.Place, $"'{word}' of '{Key}' must be the list of statuses with which a job ends so.");
            }
        }
    }

    private static void RequireField(ApiDocument document, MapNode job, MapNode fields, string word, bool isRequired)
    {
        if (job[word] is null && !isRequired)
        {
            return;
        }

        if (job[word] is not ScalarNode { IsText: true } field || !fields.Has(field.Text))
        {
            document.Faults.Add(Codes.Extension, job[word]?.Place ?? job.Place, $"'{word}' of '{Key}' must name a field of the job.{Suggestion(job.Text(word), fields)}");
        }
    }

    private static string Suggestion(string? name, MapNode fields) => name is null ? "" : Specification.Suggestion.For(name, fields.Keys);
}
