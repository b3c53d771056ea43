namespace TogetherAI;

// Completes the generated type with a factory for each of its types.
public sealed partial class MessageThinking
{
    /// <summary>The model thinks before it responds.</summary>
    /// <param name="budgetTokens">The maximum number of tokens to think with, less than the request's maximum.</param>
    public static MessageThinking FromBudget(int budgetTokens) => new() { Type = MessageThinkingType.Enabled, BudgetTokens = budgetTokens };

    /// <summary>The model decides how much it thinks.</summary>
    public static MessageThinking FromAdaptive() => new() { Type = MessageThinkingType.Adaptive };

    /// <summary>The model responds without thinking, if it supports that.</summary>
    public static MessageThinking FromDisabled() => new() { Type = MessageThinkingType.Disabled };
}
