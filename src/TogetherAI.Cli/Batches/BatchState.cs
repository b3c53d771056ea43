using System.Text.Json;

namespace TogetherAI.Cli.Batches;

/// <summary>What has been started for a file of requests, kept beside the responses until all of it has ended.</summary>
internal sealed class BatchState
{
    /// <summary>The hash of the file with the requests.</summary>
    public required string Requests { get; init; }

    /// <summary>The parts of the file, each of which is a batch.</summary>
    public List<BatchPart> Parts { get; init; } = [];

    /// <summary>Whether the parts are all that there are.</summary>
    public bool IsComplete { get; set; }

    public static string PathOf(string responses) => responses + ".batch";

    /// <exception cref="UsageException">It cannot be read, or is that of other requests.</exception>
    public static BatchState Load(string responses, RequestFile requests)
    {
        var path = PathOf(responses);
        if (!File.Exists(path))
        {
            return new BatchState { Requests = requests.Hash };
        }

        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllText(path), BatchStateContext.Default.BatchState)!;
            return state.Requests == requests.Hash
                ? state
                : throw new UsageException($"{path} says that other requests are being processed for this output. Specify another --output, or delete that file to give them up.");
        }
        catch (JsonException)
        {
            throw new UsageException($"{path} cannot be read. Delete it to begin again.");
        }
    }

    /// <summary>Keeps it: it is there as a whole even if the process ends meanwhile.</summary>
    public void Save(string responses)
    {
        var path = PathOf(responses);
        File.WriteAllText(path + ".part", JsonSerializer.Serialize(this, BatchStateContext.Default.BatchState));
        File.Move(path + ".part", path, overwrite: true);
    }

    public static void Delete(string responses) => File.Delete(PathOf(responses));
}
