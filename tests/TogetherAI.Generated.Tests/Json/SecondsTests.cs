using Newtonsoft.Json;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Json;

/// <summary>Times and lengths are those of .NET, and on the wire the number that came.</summary>
public sealed class SecondsTests
{
    [TestCase("1780000000", "2026-05-28T20:26:40.0000000+00:00")]
    [TestCase("0", "1970-01-01T00:00:00.0000000+00:00")]
    [TestCase("-1", "1969-12-31T23:59:59.0000000+00:00")]
    [TestCase("1763150000.123", "2025-11-14T19:53:20.1230000+00:00")]
    [TestCase("1763150000.1234567", "2025-11-14T19:53:20.1234567+00:00")]
    [TestCase("3.0", "1970-01-01T00:00:03.0000000+00:00")]
    [TestCase("253402300799", "9999-12-31T23:59:59.0000000+00:00")]
    [TestCase("\"1715000000\"", "2024-05-06T12:53:20.0000000+00:00")]
    [TestCase("null", null)]
    public void Time_is_read_and_written_as_it_came(string json, string? time)
    {
        var document = json == "null" ? """{"id":"v"}""" : $$"""{"id":"v","created_at":{{json}}}""";

        foreach (var job in Read<VideoJob>($$"""{"id":"v","created_at":{{json}}}"""))
        {
            Assert.That(job.CreatedAt?.ToString("O"), Is.EqualTo(time));
            Assert.That(MockServer.Sent(job), Is.EqualTo(document));
            Assert.That(JsonConvert.SerializeObject(job), Is.EqualTo(document));
        }
    }

    [TestCase("\"yesterday\"")]
    [TestCase("\"2026-01-01T00:00:00Z\"")]
    [TestCase("\"\"")]
    [TestCase("1780000000000")]
    [TestCase("99999999999999999999")]
    [TestCase("1e20")]
    [TestCase("{\"at\":1}")]
    [TestCase("true")]
    public void Time_that_cannot_be_read_is_kept_as_it_came(string json)
    {
        var document = $$"""{"id":"v","created_at":{{json}}}""";

        foreach (var job in Read<VideoJob>(document))
        {
            Assert.That(job.CreatedAt, Is.Null);
            Assert.That(job.AdditionalProperties["created_at"], Is.Not.Null);
            Assert.That(CanonicalJson.Parse(MockServer.Sent(job)), Is.EqualTo(CanonicalJson.Parse(document)));
        }
    }

    [TestCase("0.1", 1_000_000)]
    [TestCase("12", 120_000_000)]
    [TestCase("1e-7", 1)]
    [TestCase("30.5", 305_000_000)]
    public void Length_is_read_and_written_as_it_came(string json, long ticks)
    {
        foreach (var response in Read<TranscriptionResponse>($$"""{"text":"a","duration":{{json}}}"""))
        {
            Assert.That(response.Duration, Is.EqualTo(new TimeSpan(ticks)));
            Assert.That(CanonicalJson.Parse(MockServer.Sent(response)), Is.EqualTo(CanonicalJson.Parse($$"""{"text":"a","duration":{{json}}}""")));
        }
    }

    [TestCase("\"6\"", 6d)]
    [TestCase("\"2.5\"", 2.5)]
    [TestCase("6", 6d)]
    public void Length_that_is_a_text_is_read_and_written_as_it_came(string json, double seconds)
    {
        foreach (var job in Read<VideoJob>($$"""{"id":"v","seconds":{{json}}}"""))
        {
            Assert.That(job.Duration, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
            Assert.That(MockServer.Sent(job), Is.EqualTo($$"""{"id":"v","seconds":{{json}}}"""));
        }
    }

    [Test]
    public void Time_and_length_that_are_set_are_written_in_the_form_of_the_document()
    {
        var time = new DateTimeOffset(2026, 5, 28, 22, 26, 40, 250, TimeSpan.FromHours(2));
        var job = new VideoJob { Id = "v", CreatedAt = time };
        var chunk = new ChatCompletionChunk { Created = time };
        var request = new VideoRequest { Model = "m", Duration = TimeSpan.FromSeconds(6) };
        var fraction = new VideoRequest { Model = "m", Duration = TimeSpan.FromMilliseconds(2500) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MockServer.Sent(job), Is.EqualTo("""{"id":"v","created_at":1780000000.25}"""));
            Assert.That(job.CreatedAt, Is.EqualTo(time));
            Assert.That(MockServer.Sent(chunk), Is.EqualTo("""{"created":1780000000}"""));
            Assert.That(MockServer.Sent(request), Is.EqualTo("""{"model":"m","seconds":"6"}"""));
            Assert.That(MockServer.Sent(fraction), Is.EqualTo("""{"model":"m","seconds":"2.5"}"""));
        }
    }

    [Test]
    public void Duration_of_the_inference_is_that_of_its_two_numbers()
        => Assert.That(new InferenceDuration { Seconds = 1, Nanoseconds = 62_000_000 }.ToTimeSpan(), Is.EqualTo(TimeSpan.FromMilliseconds(1062)));

    // By both readers.
    private static IEnumerable<T> Read<T>(string json)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(json);
        yield return ApiJson.Deserialize<T>(utf8);
        yield return NewtonsoftJson.DeserializeOrNull<T>(utf8)!;
    }
}
