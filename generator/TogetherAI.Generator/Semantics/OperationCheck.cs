using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Naming;
using TogetherAI.Generator.Nodes;

namespace TogetherAI.Generator.Semantics;

/// <summary>No two operations have the same id, or give the same client the same method.</summary>
internal sealed class OperationCheck : IStep
{
    public void Run(ApiDocument document)
    {
        var ids = new Dictionary<string, (Operation Operation, Place Place)>(StringComparer.Ordinal);
        var methods = new Dictionary<(string Client, string Method), (Operation Operation, Place Place)>();
        foreach (var operation in document.Operations)
        {
            if (operation.Node["operationId"] is not ScalarNode { IsText: true } id)
            {
                continue;
            }

            if (ids.TryGetValue(id.Text, out var same))
            {
                document.Faults.Add(
                    Codes.DuplicateOperation,
                    id.Place,
                    $"The operationId '{id.Text}' is already that of {same.Operation}, at line {same.Place.Line}. Give each operation its own.");
                continue;
            }

            ids.Add(id.Text, (operation, id.Place));
            var method = (OperationNames.ClientOf(operation), OperationNames.MethodOf(operation));
            if (methods.TryGetValue(method, out var twin))
            {
                document.Faults.Add(
                    Codes.DuplicateOperation,
                    id.Place,
                    $"The operationId '{id.Text}' gives the client {method.Item1} the method {method.Item2}Async, which it already has of {twin.Operation}, at line {twin.Place.Line}. Give it another name.");
            }
            else
            {
                methods.Add(method, (operation, id.Place));
            }
        }
    }
}
