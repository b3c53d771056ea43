namespace TogetherAI.Cli.Output;

/// <summary>
/// A file that gets its content once all of it has come. What was there before is written into rather than replaced, so that
/// a device, a pipe, a link, a mode and an owner stay what they are.
/// </summary>
internal sealed class FileTarget : OutputTarget
{
    private readonly string _path;
    private readonly string _target;
    private readonly Terminal _terminal;
    private readonly FileStream _content;
    private bool _isKept;

    private FileTarget(string path, string target, FileStream content, Terminal terminal)
    {
        _path = path;
        _target = target;
        _content = content;
        _terminal = terminal;
    }

    /// <summary>Makes a temporary file for the content: beside a file that is to be, and in the system's folder otherwise.</summary>
    /// <exception cref="UsageException">It cannot be made.</exception>
    public static FileTarget Open(string path, Terminal terminal)
    {
        var target = Resolve(path);
        var isNew = !File.Exists(target);
        var folder = isNew ? Path.GetDirectoryName(target)! : Path.GetTempPath();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read | FileShare.Delete };
        if (!isNew && !OperatingSystem.IsWindows())
        {
            // The file that it is for may be nobody else's business.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileTarget(path, target, new FileStream(Path.Combine(folder, Path.GetRandomFileName()), options), terminal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output cannot be written: {exception.Message}");
        }
    }

    /// <summary>The file behind all links, whether it is there or not.</summary>
    public static string Resolve(string path)
    {
        var file = new FileInfo(path);
        try
        {
            // What a link of /proc says need not be a path; such a link is opened as it is.
            return file.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target && !target.StartsWith("/proc/", StringComparison.Ordinal)
                ? target
                : file.FullName;
        }
        catch (IOException)
        {
            // Links in a circle: opening them says so.
            return file.FullName;
        }
    }

    /// <summary>Writes the content into the file, and says its name.</summary>
    public override async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        await content.CopyToAsync(_content, cancellationToken).ConfigureAwait(false);
        await _content.FlushAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // To open a pipe and to write to it waits for its reader, which cannot be cancelled, only left alone.
            await Task.Factory.StartNew(Finish, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception.HResult == StandardOutput.BrokenPipe)
        {
            throw new OutputClosedException(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _isKept = true;
            throw new IOException($"{_path} cannot be written: {exception.Message.TrimEnd('.')}. Its content is in {_content.Name}.", exception);
        }

        _terminal.Out.WriteLine(_path);
    }

    public override void Dispose()
    {
        _content.Dispose();
        if (!_isKept)
        {
            File.Delete(_content.Name);
        }
    }

    private void Finish()
    {
        if (!File.Exists(_target))
        {
            File.Move(_content.Name, _target, overwrite: false);
            return;
        }

        _content.Position = 0;
        // Without a length to cut, as a device has none, this mode cuts nothing.
        using var file = new FileStream(_target, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        _content.CopyTo(file);
    }
}
