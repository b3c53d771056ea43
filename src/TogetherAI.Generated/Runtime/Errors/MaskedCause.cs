using System.Collections;
using System.Net.Sockets;
using System.Reflection;
#if NET8_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
#endif

namespace TogetherAI.Runtime.Errors;

/// <summary>
/// Makes the causes that an exception carries fit to be logged. They come from elsewhere: the HTTP stack quotes what it could
/// not read, a handler of the caller says what it likes.
/// </summary>
internal static class MaskedCause
{
    /// <summary>
    /// The cause itself where nothing of it quotes a secret. Otherwise a copy with the secret masked, or where the type is none
    /// that can be copied, the same for the cause below it.
    /// </summary>
    public static Exception? Of(Exception? cause, Secrets secrets)
    {
        if (cause is null || IsTooLong(cause))
        {
            return null;
        }

        return IsClean(cause, secrets) ? cause : cause switch
        {
            HttpRequestException failure => WithStackOf(failure, Copy(failure, secrets)),
            IOException => WithStackOf(cause, new IOException(secrets.Hide(cause.Message), Of(cause.InnerException, secrets))),
            _ => Of(cause.InnerException, secrets),
        };
    }

    private static HttpRequestException Copy(HttpRequestException failure, Secrets secrets)
    {
        var message = secrets.Hide(failure.Message);
        var cause = Of(failure.InnerException, secrets);
#if NET8_0_OR_GREATER
        return new HttpRequestException(failure.HttpRequestError, message, cause, failure.StatusCode);
#else
        return new HttpRequestException(message, cause);
#endif
    }

    private static Exception WithStackOf(Exception cause, Exception copy)
    {
#if NET8_0_OR_GREATER
        if (cause.StackTrace is { } stack)
        {
            ExceptionDispatchInfo.SetRemoteStackTrace(copy, stack);
        }

#endif
        return copy;
    }

    // A reader of JSON quotes what it read: its text would become part of ToString().
    private static bool IsTooLong(Exception cause)
        => cause is Newtonsoft.Json.JsonException or System.Text.Json.JsonException && cause.Message.Length > ErrorText.MaxLength;

    private static bool IsClean(Exception cause, Secrets secrets)
        => Chain(cause).All(exception => !Texts(exception).Any(secrets.AreIn));

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;

            foreach (var inner in exception is AggregateException several ? several.InnerExceptions.SelectMany(Chain) : [])
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<string> Texts(Exception exception)
        => exception.Data.Cast<DictionaryEntry>().SelectMany(entry => new[] { entry.Key, entry.Value })
            .Concat(Properties(exception))
            .Append(IsOfPlatform(exception) ? null : exception.ToString())
            .Select(value => value?.ToString() ?? "");

    // Their text is made of their properties, and takes long to make.
    private static bool IsOfPlatform(Exception exception)
        => exception.GetType().Assembly is var assembly
            && (assembly == typeof(object).Assembly || assembly == typeof(HttpRequestException).Assembly || assembly == typeof(SocketException).Assembly);

#if NET8_0_OR_GREATER
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A property that was trimmed away is one that nobody reads.")]
#endif
    private static IEnumerable<object?> Properties(Exception exception)
        => exception.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && property.Name != nameof(Exception.StackTrace) && (property.PropertyType == typeof(string) || property.PropertyType == typeof(Uri)))
            .Select(property => Value(property, exception));

    private static object? Value(PropertyInfo property, Exception exception)
    {
        try
        {
            return property.GetValue(exception);
        }
        catch (TargetInvocationException)
        {
            // Whoever reads it gets no text either.
            return null;
        }
    }
}
