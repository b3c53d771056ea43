using TogetherAI.Cli.Requests;

namespace TogetherAI.Cli.Tests.Tool;

/// <summary>Generated as the fields of the tool's own requests are.</summary>
[GenerateFields<LaterRequest>]
[GenerateFields<ListRequest>]
internal static partial class LaterFields;
