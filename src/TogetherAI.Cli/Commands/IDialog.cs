namespace TogetherAI.Cli.Commands;

/// <summary>What has been said in a conversation, in the form of one of the endpoints, and the way to go on with it.</summary>
internal interface IDialog
{
    /// <summary>Adds a message of the user.</summary>
    void Ask(string message);

    /// <summary>Sends the conversation, prints the response as it arrives, and adds it.</summary>
    Task RespondAsync(CancellationToken cancellationToken);

    /// <summary>Adds what came of a response that failed, so that two messages of the user do not stand side by side.</summary>
    /// <returns>False where nothing came, and the message is taken back instead.</returns>
    bool KeepWhatCame();
}
