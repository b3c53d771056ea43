using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Http;

/// <summary>Whole responses that are a number, a truth value or a text instead of an object.</summary>
[CancelAfter(30_000)]
public sealed class ValueResponseTests
{
    private static readonly string[] NoValues = ["", " ", "null", "\"\"", "{}", "[]", "{\"data\":[1]}", "<html>Bad gateway</html>", "1 2", "[", "\"x"];

    [Test]
    public async Task Number_or_truth_value_as_whole_response_is_read()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ReadAsync<int>("42"), Is.EqualTo(42));
            Assert.That(await ReadAsync<long>(" 9007199254740993 "), Is.EqualTo(9007199254740993));
            Assert.That(await ReadAsync<double>("0.5"), Is.EqualTo(0.5));
            Assert.That(await ReadAsync<bool>("true"), Is.True);
            Assert.That(await ReadAsync<int>("0"), Is.Zero);
            Assert.That(await ReadAsync<string>("\"text\""), Is.EqualTo("text"));
        }
    }

    [TestCaseSource(nameof(NoValues))]
    public async Task Response_that_is_no_value_of_its_type_is_invalid_rather_than_zero(string body)
    {
        using (Assert.EnterMultipleScope())
        {
            await Assert.ThatAsync(() => ReadAsync<int>(body), Throws.TypeOf<TogetherAIInvalidResponseException>());
            await Assert.ThatAsync(() => ReadAsync<long>(body), Throws.TypeOf<TogetherAIInvalidResponseException>());
            await Assert.ThatAsync(() => ReadAsync<double>(body), Throws.TypeOf<TogetherAIInvalidResponseException>());
            await Assert.ThatAsync(() => ReadAsync<decimal>(body), Throws.TypeOf<TogetherAIInvalidResponseException>());
            await Assert.ThatAsync(() => ReadAsync<bool>(body), Throws.TypeOf<TogetherAIInvalidResponseException>());
            await Assert.ThatAsync(() => ReadAsync<DateTimeOffset>(body), Throws.TypeOf<TogetherAIInvalidResponseException>());
        }
    }

    [Test]
    public async Task Error_in_place_of_a_value_is_told()
        => await Assert.ThatAsync(
            () => ReadAsync<int>("{\"error\":{\"message\":\"it broke\"}}"),
            Throws.TypeOf<TogetherAIServerException>().With.Message.Contains("it broke"));

    private static async Task<T> ReadAsync<T>(string body)
    {
        await using var server = RawServer.Answering(Answers.Of(200, body, "application/json"));
        using var httpClient = new HttpClient();
        using var pipeline = ApiPipeline.Over(httpClient, Clients.Options(server.Url));

        return await pipeline.SendAsync<T>(new ApiCall(new ApiOperation("GET", "count"), NoHooks.Instance, null), CancellationToken.None);
    }
}
