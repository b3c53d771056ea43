using TogetherAI.Runtime.Errors;

namespace TogetherAI.Runtime.Http;

/// <summary>Finds what is wrong with options before a client is made of them.</summary>
internal static class OptionsCheck
{
    /// <summary>A sentence for each fault; empty where every operation can be called.</summary>
    public static IReadOnlyList<string> FaultsOf(IClientOptions options, HttpClient httpClient, IEnumerable<ApiOperation> operations)
    {
        var faults = new List<string>();
        var settings = new ClientSettings(options, httpClient, faults);
        if (faults.Count == 0)
        {
            // Servers differ in whether they need a key and what may be sent to them; operations of one server do not.
            faults.AddRange(operations
                .GroupBy(operation => settings.BaseUrl ?? operation.Server)
                .Select(server => FaultOf(server.First(), settings, httpClient))
                .OfType<string>()
                .Distinct());
        }

        return faults;
    }

    private static string? FaultOf(ApiOperation operation, ClientSettings settings, HttpClient httpClient)
    {
        try
        {
            _ = new CallSettings(settings, httpClient, new ApiCall(operation, NoHooks.Instance, options: null));
            return null;
        }
        catch (ArgumentException exception)
        {
            return ErrorText.WithoutParameter(exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or TogetherAIException)
        {
            return exception.Message;
        }
    }
}
