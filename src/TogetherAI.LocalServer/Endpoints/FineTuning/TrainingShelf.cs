using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using TogetherAI.LocalServer.Endpoints.Files;
using TogetherAI.LocalServer.Http;

namespace TogetherAI.LocalServer.Endpoints.FineTuning;

/// <summary>The fine-tuning jobs of a server, which are found again in its folder after a restart.</summary>
internal sealed class TrainingShelf(string? folder, TimeProvider time)
{
    private const string Ending = ".fine-tuning.json";

    private readonly ConcurrentDictionary<string, TrainingRun> _runs = Load(folder);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The jobs, the newest first.</summary>
    public IReadOnlyList<FineTuningJob> Listed => [.. _runs.Values.OrderByDescending(run => run.Job.CreatedAt).Select(run => StateOf(run).Job)];

    public TrainingState StateOf(TrainingRun run) => new(run, Now);

    /// <exception cref="ApiErrorException">There is none.</exception>
    public TrainingRun Require(string id, string parameter = "id")
        => _runs.TryGetValue(id, out var run)
            ? run
            : throw new ApiErrorException(StatusCodes.Status404NotFound, $"This server has no fine-tuning job {id}.", "invalid_request_error", parameter);

    public void Keep(TrainingRun run)
    {
        _runs[run.Job.Id] = run;
        if (folder is not null)
        {
            KeptJson.Write(PathOf(run.Job.Id), run, ServerJsonContext.Default.TrainingRun);
        }
    }

    public void Delete(string id)
    {
        Require(id);
        _runs.TryRemove(id, out _);
        if (folder is not null)
        {
            File.Delete(PathOf(id));
        }
    }

    private static ConcurrentDictionary<string, TrainingRun> Load(string? folder)
    {
        var runs = new ConcurrentDictionary<string, TrainingRun>(StringComparer.Ordinal);
        foreach (var run in KeptJson.ReadAll(folder, "*" + Ending, ServerJsonContext.Default.TrainingRun))
        {
            runs[run.Job.Id] = run;
        }

        return runs;
    }

    private string PathOf(string id) => Path.Combine(folder!, id + Ending);
}
