using System.Net;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Errors;

/// <summary>What a program needs whose tests put something of their own in the place of a client.</summary>
[CancelAfter(30_000)]
public sealed class StandInTests
{
    private static IEnumerable<Type> ExceptionTypes
        => typeof(TogetherAIException).Assembly.GetExportedTypes().Where(typeof(TogetherAIException).IsAssignableFrom);

    [TestCaseSource(nameof(ExceptionTypes))]
    public void Exception_can_be_made_from_a_message_and_a_cause(Type type)
    {
        var cause = new IOException("The cause.");
        var constructor = type.GetConstructors().MaxBy(static constructor => constructor.GetParameters().Length)!;

        var exception = (TogetherAIException)constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            parameter.Name == "message" ? "It failed."
            : parameter.Name == "innerException" ? cause
            : Activator.CreateInstance(parameter.ParameterType))]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Message, Is.EqualTo("It failed."));
            Assert.That(exception.InnerException, Is.SameAs(cause));
            Assert.That(exception.Attempts, Is.Zero);
        }
    }

    [TestCaseSource(nameof(ExceptionTypes))]
    public void Exception_lets_its_maker_say_all_that_it_tells(Type type)
    {
        var parameters = type.GetConstructors().MaxBy(static constructor => constructor.GetParameters().Length)!.GetParameters().Select(parameter => parameter.Name);

        var withoutSetter = type.GetProperties()
            .Where(property => property.DeclaringType!.Assembly == type.Assembly && property.SetMethod is null)
            .Select(property => property.Name);

        Assert.That(withoutSetter, Is.SubsetOf(parameters).IgnoreCase);
    }

    [Test]
    public async Task Stand_in_fails_as_the_client_would()
    {
        ITogetherAIInferenceClient client = new LimitedAfterOneToken();
        TogetherAIResponseInfo? response = null;
        var texts = new List<string>();

        var limited = await Failures.Of<TogetherAIRateLimitException>(async () =>
        {
            await foreach (var text in client.StreamTokensAsync(Clients.Request, new() { ResponseReceived = info => response = info }))
            {
                texts.Add(text);
            }
        });
        var cut = await Failures.Of<TogetherAIStreamException>(() => client.StreamBytesAsync(Clients.Request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "a" }));
            Assert.That(response!.RateLimit.TokensRemaining, Is.EqualTo(1));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(limited.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(limited.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That((cut.Failure, cut.EventsReceived), Is.EqualTo((TogetherAIStreamFailure.Incomplete, 3)));
        }
    }

    private sealed class LimitedAfterOneToken : ITogetherAIInferenceClient
    {
        public Task<InferenceResponse> RunAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
            => throw new TogetherAITimeoutException("Too slow.", TogetherAITimeoutPhase.ResponseHeaders, TimeSpan.FromSeconds(1));

        public IAsyncEnumerable<InferenceChunk> StreamAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
            => throw new TogetherAIConnectionException("No connection.");

        public Task<Stream> StreamBytesAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, CancellationToken cancellationToken = default)
            => throw new TogetherAIStreamException("Cut short.", TogetherAIStreamFailure.Incomplete, eventsReceived: 3);

        public async IAsyncEnumerable<string> StreamTokensAsync(InferenceRequest request, TogetherAIRequestOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            options?.ResponseReceived?.Invoke(new TogetherAIResponseInfo { RateLimit = new TogetherAIRateLimit { TokensRemaining = 1 } });
            yield return "a";
            await Task.Yield();
            throw new TogetherAIRateLimitException("Slow down.") { StatusCode = HttpStatusCode.TooManyRequests, RetryAfter = TimeSpan.FromSeconds(2) };
        }
    }
}
