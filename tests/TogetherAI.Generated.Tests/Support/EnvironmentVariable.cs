namespace TogetherAI.Tests.Support;

/// <summary>A variable of the process, set until this is disposed. Tests that use it must not run beside others.</summary>
public sealed class EnvironmentVariable : IDisposable
{
    private readonly string _name;
    private readonly string? _before;

    private EnvironmentVariable(string name)
    {
        _name = name;
        _before = Environment.GetEnvironmentVariable(name);
    }

    public static EnvironmentVariable Set(string name, string? value)
    {
        var variable = new EnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
        return variable;
    }

    public void Dispose() => Environment.SetEnvironmentVariable(_name, _before);
}
