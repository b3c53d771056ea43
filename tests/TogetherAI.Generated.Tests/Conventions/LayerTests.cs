using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;

namespace TogetherAI.Tests.Conventions;

/// <summary>The layers of the compiled client: each uses only those before it, and the runtime knows no word of the service.</summary>
public sealed class LayerTests
{
    private const string Runtime = "TogetherAI.Runtime.";

    /// <summary>What a user names, generated and hand-written, and the profile of the service.</summary>
    private const string Client = "Client";

    private static readonly string[] Layers = ["Contracts", "Buffers", "Json", "Telemetry", "Errors", "Http", "Streaming", "Sockets", Client];

    // The name of the service and its hosts, its environment variables, headers and codes.
    private static readonly string[] Words = ["together", "API_KEY", "BASE_URL", "ratelimit", "tokenlimit", "cf-ray", "model_not_available"];

    // Fields of its events and errors.
    private static readonly string[] Fields = ["choices", "delta", "content", "finish_reason", "usage", "error_type"];

    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(typeof(TogetherAIClient).Assembly.Location, new ReaderParameters(ReadingMode.Immediate) { InMemory = true });

    private static IEnumerable<TypeDefinition> Types => Module.GetTypes().Where(static type => type.Namespace.StartsWith("TogetherAI", StringComparison.Ordinal) || type.IsNested);

    private static IEnumerable<TypeDefinition> RuntimeTypes => Types.Where(static type => Outermost(type).Namespace.StartsWith(Runtime, StringComparison.Ordinal));

    [OneTimeTearDown]
    public static void CloseModule() => Module.Dispose();

    [Test]
    public void Layer_uses_only_itself_and_those_before_it()
    {
        var wrong = from type in Types
                    let layer = LayerOf(type)
                    where layer is not null
                    from used in UsedBy(type)
                    let other = LayerOf(used)
                    where other is not null && Array.IndexOf(Layers, other) > Array.IndexOf(Layers, layer)
                    select $"{layer}: {Outermost(type).Name} uses {other}: {Outermost(used).Name}";

        Assert.That(wrong.Distinct().Order(), Is.Empty, string.Join(" < ", Layers));
    }

    [Test]
    public void Runtime_has_a_namespace_for_each_folder_that_is_a_layer()
    {
        var namespaces = RuntimeTypes.Select(static type => Outermost(type).Namespace[Runtime.Length..]).ToHashSet();

        Assert.That(namespaces.Append(Client), Is.EquivalentTo(Layers));
    }

    [Test]
    public void Runtime_is_internal()
        => Assert.That(RuntimeTypes.Where(static type => type.IsPublic).Select(static type => type.FullName), Is.Empty);

    [Test]
    public void Runtime_has_no_name_of_the_service()
        => Assert.That(RuntimeTypes.SelectMany(Names).Where(static name => name.Contains("Together", StringComparison.OrdinalIgnoreCase)), Is.Empty);

    [Test]
    public void Runtime_has_no_word_of_the_service()
    {
        var texts = from type in RuntimeTypes
                    from text in Literals(type)
                    where Fields.Contains(text) || Array.Exists(Words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
                    select $"{type.FullName[Runtime.Length..]}: \"{text}\"";

        Assert.That(texts.Distinct().Order(), Is.Empty);
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // The exceptions and what they carry are made by the layer of errors; callers name them, so that they bear the brand.
    private static string? LayerOf(TypeDefinition type)
        => Outermost(type) switch
        {
            { Namespace: var name } when name.StartsWith(Runtime, StringComparison.Ordinal) => name[Runtime.Length..],
            { Namespace: "TogetherAI" } exception when IsOfErrors(exception) => "Errors",
            { Namespace: "TogetherAI" } => Client,
            _ => null,
        };

    // An exception that carries the response of an area belongs to the area.
    private static bool IsOfErrors(TypeDefinition type)
        => (type.Name.EndsWith("Exception", StringComparison.Ordinal) && type.Name != nameof(TogetherAIStructuredOutputException)) || type.Name is nameof(TogetherAIRateLimit) or nameof(TogetherAIStreamFailure) or nameof(TogetherAITimeoutPhase);

    private static IEnumerable<string> Names(TypeDefinition type)
        => type.Methods.Select(static method => method.Name).Concat(type.Fields.Select(static field => field.Name)).Append(type.Name);

    private static IEnumerable<string> Literals(TypeDefinition type)
        => type.Methods.Where(static method => method.HasBody)
            .SelectMany(static method => method.Body.Instructions)
            .Select(static instruction => instruction.Operand switch
            {
                string text => text,
                // A literal in UTF-8.
                FieldReference { DeclaringType.Name: "<PrivateImplementationDetails>" } bytes => Encoding.UTF8.GetString(bytes.Resolve().InitialValue).TrimEnd('\0'),
                _ => null,
            })
            .Concat(type.Fields.Select(static field => field.Constant as string))
            .OfType<string>();

    private static IEnumerable<TypeDefinition> UsedBy(TypeDefinition type)
        => Signatures(type)
            .SelectMany(Parts)
            .Select(static reference => reference.Scope == Module ? reference.Resolve() : null)
            .OfType<TypeDefinition>();

    private static IEnumerable<TypeReference?> Signatures(TypeDefinition type)
    {
        IEnumerable<TypeReference?> signatures = [type.BaseType, .. type.Interfaces.Select(static used => used.InterfaceType), .. type.Fields.Select(static field => field.FieldType)];
        return signatures
            .Concat(type.CustomAttributes.Select(static attribute => attribute.AttributeType))
            .Concat(type.Methods.SelectMany(static method => method.Parameters.Select(static parameter => parameter.ParameterType).Append(method.ReturnType)))
            .Concat(type.Methods.Where(static method => method.HasBody).SelectMany(static method => InBody(method.Body)));
    }

    private static IEnumerable<TypeReference?> InBody(MethodBody body)
        => body.Variables.Select(static variable => variable.VariableType)
            .Concat(body.ExceptionHandlers.Select(static handler => handler.CatchType))
            .Concat(body.Instructions.SelectMany(static instruction => OfOperand(instruction.Operand)));

    private static IEnumerable<TypeReference?> OfOperand(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
