using System.Security.Cryptography;

namespace TogetherAI.LocalServer.Endpoints.CodeInterpreter;

/// <summary>The sessions of a server. One that is not used for an hour ends, and so does the oldest where there are many.</summary>
internal sealed class CodeSessions(TimeProvider time)
{
    private const int MaxSessions = 100;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly List<CodeSession> _sessions = [];

    /// <summary>The sessions that have not ended, in the order in which they began.</summary>
    public IReadOnlyList<CodeSession> Listed
    {
        get
        {
            lock (_gate)
            {
                RemoveExpired();
                return [.. _sessions];
            }
        }
    }

    /// <summary>The session of an id; null where there is none, or no more.</summary>
    public CodeSession? Find(string id) => Listed.FirstOrDefault(session => session.Id == id);

    public CodeSession Start()
    {
        var session = new CodeSession($"ses_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}", time.GetUtcNow(), Lifetime);
        lock (_gate)
        {
            RemoveExpired();
            if (_sessions.Count == MaxSessions)
            {
                _sessions.Remove(_sessions.MinBy(static each => each.LastRun)!);
            }

            _sessions.Add(session);
        }

        return session;
    }

    private void RemoveExpired() => _sessions.RemoveAll(session => time.GetUtcNow() - session.LastRun >= Lifetime);
}
