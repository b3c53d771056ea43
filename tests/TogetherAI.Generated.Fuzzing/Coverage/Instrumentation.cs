using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace TogetherAI.Fuzzing.Coverage;

/// <summary>
/// Writes an assembly anew, with a call of <see cref="CoverageMap.Hit"/> at the beginning of each block. Blocks have numbers in
/// the order of the code, so that the same code always has the same ones.
/// </summary>
internal sealed class Instrumentation
{
    private readonly MethodReference _hit;
    private int _blocks;

    private Instrumentation(ModuleDefinition module)
        => _hit = module.ImportReference(typeof(CoverageMap).GetMethod(nameof(CoverageMap.Hit)));

    /// <summary>Instruments the methods of the types in some namespaces.</summary>
    public static (byte[] Assembly, int Blocks) Apply(string path, Func<string, bool> isInstrumented)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver });
        var instrumentation = new Instrumentation(assembly.MainModule);
        foreach (var method in assembly.MainModule.GetTypes().Where(type => isInstrumented(NamespaceOf(type))).SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            instrumentation.Apply(method.Body);
        }

        using var written = new MemoryStream();
        assembly.Write(written);
        return (written.ToArray(), instrumentation._blocks);
    }

    private static string NamespaceOf(TypeDefinition type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private void Apply(MethodBody body)
    {
        body.SimplifyMacros();
        foreach (var start in Starts(body).ToHashSet().OrderBy(body.Instructions.IndexOf).ToList())
        {
            // The instruction stays the one that branches lead to, and becomes the first of the call.
            var moved = Instruction.Create(OpCodes.Nop);
            (moved.OpCode, moved.Operand) = (start.OpCode, start.Operand);
            (start.OpCode, start.Operand) = (OpCodes.Ldc_I4, _blocks++);
            var position = body.Instructions.IndexOf(start) + 1;
            body.Instructions.Insert(position, Instruction.Create(OpCodes.Call, _hit));
            body.Instructions.Insert(position + 1, moved);
        }

        if (_blocks > CoverageMap.MaxBlocks)
        {
            throw new InvalidOperationException($"The assembly has more than {CoverageMap.MaxBlocks} blocks.");
        }

        body.OptimizeMacros();
    }

    private static IEnumerable<Instruction> Starts(MethodBody body)
    {
        yield return body.Instructions[0];
        foreach (var instruction in body.Instructions)
        {
            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch)
            {
                yield return instruction.Next;
            }

            foreach (var target in instruction.Operand switch { Instruction one => [one], Instruction[] several => several, _ => Array.Empty<Instruction>() })
            {
                yield return target;
            }
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            yield return handler.HandlerStart;
            if (handler.FilterStart is { } filter)
            {
                yield return filter;
            }
        }
    }
}
