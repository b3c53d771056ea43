namespace TogetherAI.LocalServer.Text;

/// <summary>Why a text ended, in the endpoint's words.</summary>
internal static class FinishReasons
{
    public const string Length = "length";
    public const string EndToken = "eos_token";
    public const string StopSequence = "stop_sequence";
}
