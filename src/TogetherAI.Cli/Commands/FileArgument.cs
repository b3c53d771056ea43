namespace TogetherAI.Cli.Commands;

/// <summary>A file on the command line that is uploaded.</summary>
internal static class FileArgument
{
    /// <summary>The file to upload.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static FileUpload Upload(string path)
        => File.Exists(path) ? FileUpload.FromFile(path) : throw new UsageException($"The file {path} does not exist.");

    /// <summary>Does what checks the file before anything is sent.</summary>
    /// <exception cref="UsageException">The file is invalid.</exception>
    public static async Task<T> CheckedAsync<T>(Func<Task<T>> upload)
    {
        try
        {
            return await upload().ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            // Without the name of the parameter, which is none of the command line.
            throw new UsageException(exception.Message.Split(" (Parameter")[0].Replace("Set FileType.", "Use --file-type.", StringComparison.Ordinal));
        }
    }
}
