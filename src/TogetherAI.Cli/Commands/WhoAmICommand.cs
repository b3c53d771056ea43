using System.CommandLine;
using TogetherAI.Cli.Output;

namespace TogetherAI.Cli.Commands;

/// <summary>Says whose key it is.</summary>
internal static class WhoAmICommand
{
    private static readonly string[] Columns = ["what", "id", "name"];

    public static Command Create(Terminal terminal) => new ApiCommand<object>(
        "whoami", "Prints the organization, the project and the user of the API key.", [], new HashSet<string>(), terminal)
    {
        ShowsJson = true,
        NeedsRoot = true,
        Create = (_, _) => Task.FromResult(new object()),
        Run = async (call, cancellationToken) =>
        {
            var identity = await call.WaitAsync(() => call.Client.Account.RetrieveAsync(call.Options, cancellationToken)).ConfigureAwait(false);
            TableOutput.Write(call.Terminal, call.Json, identity, Columns, Rows(identity));
        },
    };

    private static string[][] Rows(AccountIdentity identity) =>
    [
        ["organization", identity.OrganizationId ?? "", identity.OrganizationName ?? ""],
        ["project", identity.ProjectId ?? "", identity.ProjectName ?? ""],
        ["project slug", identity.ProjectSlug ?? "", ""],
        ["user", identity.UserId ?? "", ""],
        ["API key", identity.ApiKeyId ?? "", ""],
    ];
}
