namespace TogetherAI.LocalServer.Faults;

/// <summary>Leaves an endpoint whose stream a fault has ended.</summary>
internal sealed class StreamCutException : Exception;
