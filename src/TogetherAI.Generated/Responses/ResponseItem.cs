namespace TogetherAI;

// Completes the generated type: each factory sets the fields that its kind of item has.
public sealed partial class ResponseItem
{
    /// <summary>Creates a system message.</summary>
    /// <param name="content">The content of the message.</param>
    public static ResponseItem FromSystem(string content) => Of(ResponseRole.System, content);

    /// <summary>Says how the assistant shall behave, as the developer of the program.</summary>
    /// <param name="content">The content of the message.</param>
    public static ResponseItem FromDeveloper(string content) => Of(ResponseRole.Developer, content);

    /// <summary>Creates a user message.</summary>
    /// <param name="content">A text, or parts of text, images and files.</param>
    public static ResponseItem FromUser(ResponseContent content) => Of(ResponseRole.User, content);

    /// <summary>Creates an assistant message.</summary>
    /// <param name="content">The content of the message.</param>
    public static ResponseItem FromAssistant(ResponseContent content) => Of(ResponseRole.Assistant, content);

    /// <summary>Says what the call of a function returned.</summary>
    /// <param name="callId">Id of the call.</param>
    /// <param name="output">What it returned, often as JSON.</param>
    public static ResponseItem FromFunctionCallOutput(string callId, ResponseContent output) => new()
    {
        Type = ResponseItemType.FunctionCallOutput,
        CallId = callId ?? throw new ArgumentNullException(nameof(callId)),
        Output = output ?? throw new ArgumentNullException(nameof(output)),
    };

    /// <summary>Approves or refuses the call of a remote server's tool.</summary>
    /// <param name="approvalRequestId">Id of the item that asks for approval.</param>
    /// <param name="approve">Whether the call is approved.</param>
    /// <param name="reason">Why; null gives no reason.</param>
    public static ResponseItem FromApproval(string approvalRequestId, bool approve, string? reason = null) => new()
    {
        Type = ResponseItemType.McpApprovalResponse,
        ApprovalRequestId = approvalRequestId ?? throw new ArgumentNullException(nameof(approvalRequestId)),
        Approve = approve,
        Reason = reason,
    };

    // Servers take one without a type for a message, but not all do.
    internal bool IsMessage => Type is null || Type == ResponseItemType.Message;

    private static ResponseItem Of(ResponseRole role, ResponseContent content) => new()
    {
        Type = ResponseItemType.Message,
        Role = role,
        Content = content ?? throw new ArgumentNullException(nameof(content)),
    };
}
