using TogetherAI.Generator.Documents;

namespace TogetherAI.Generator.Naming;

/// <summary>
/// The names of the methods that stream: <c>Stream</c> where one operation of a client does, otherwise with the
/// operation's name before it.
/// </summary>
/// <remarks>Invariant: no two methods of a client have the same name.</remarks>
internal sealed class StreamNames
{
    private const string Stream = "Stream";

    private readonly Dictionary<string, StreamMethods> _methods = new(StringComparer.Ordinal);

    public StreamNames(ApiDocument document)
    {
        foreach (var client in document.Operations.GroupBy(OperationNames.ClientOf))
        {
            var taken = client.Where(static operation => operation.HasWholeResponse).Select(OperationNames.MethodOf).ToHashSet(StringComparer.Ordinal);
            var streams = client.Where(static operation => operation.Stream is not null).ToList();
            foreach (var operation in streams)
            {
                var methods = Candidates(OperationNames.MethodOf(operation), streams.Count == 1).First(names => !names.All.Any(taken.Contains));
                taken.UnionWith(methods.All);
                _methods.Add(Key(operation), methods);
            }
        }
    }

    /// <summary>The methods of an operation that streams.</summary>
    public StreamMethods Of(Operation operation) => _methods[Key(operation)];

    // A name that says it already does not say it twice.
    private static IEnumerable<StreamMethods> Candidates(string method, bool isOnlyOne)
        => (isOnlyOne ? [Stream] : method.Contains(Stream, StringComparison.Ordinal) ? [method] : Array.Empty<string>())
            .Append(method + Stream)
            .Concat(Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{method}{Stream}{number}"))
            .Select(StreamMethods.Of);

    private static string Key(Operation operation) => operation.ToString();
}
