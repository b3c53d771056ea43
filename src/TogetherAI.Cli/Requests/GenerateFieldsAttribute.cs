namespace TogetherAI.Cli.Requests;

/// <summary>Has the fields of a request generated into a partial class, at build time, from the type of the request.</summary>
/// <typeparam name="TRequest">The type of the request.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class GenerateFieldsAttribute<TRequest> : Attribute;
