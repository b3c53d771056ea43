using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace TogetherAI.Tests.Http;

/// <summary>Where in a request the objects are that are checked against the document's limits.</summary>
public sealed class BodyValidationTests
{
    private static readonly VideoRequest Good = new() { Model = "m", Steps = 10 };

    private static readonly VideoRequest Bad = new() { Model = "m", Steps = 9 };

    private static IEnumerable<TestCaseData> BadBodies
    {
        get
        {
            yield return new TestCaseData(Bad, "request.Steps").SetArgDisplayNames("object");
            yield return new TestCaseData(new List<VideoRequest?> { Good, null, Bad }, "request[2].Steps").SetArgDisplayNames("list");
            yield return new TestCaseData(Sequence(Good, Bad), "request[1].Steps").SetArgDisplayNames("sequence");
            yield return new TestCaseData(new[] { [Good], new[] { Good, Bad } }, "request[1][1].Steps").SetArgDisplayNames("list of lists");
            yield return new TestCaseData(new Dictionary<string, VideoRequest?> { ["a"] = Good, ["b"] = null, ["c"] = Bad }, "request[\"c\"].Steps").SetArgDisplayNames("dictionary");
            yield return new TestCaseData(new Dictionary<string, IList<VideoRequest>> { ["a"] = [Good, Bad] }, "request[\"a\"][1].Steps").SetArgDisplayNames("dictionary of lists");
            yield return new TestCaseData(new Holder(new Dictionary<string, VideoRequest> { ["key"] = Bad }), "request.Value[\"key\"].Steps").SetArgDisplayNames("dictionary in a field");
            yield return new TestCaseData(new Holder(new List<VideoRequest> { Good, Bad }), "request.Value[1].Steps").SetArgDisplayNames("list in a field");
            yield return new TestCaseData(new Holder(Bad), "request.Value.Steps").SetArgDisplayNames("object in a field");
        }
    }

    private static IEnumerable<object> GoodBodies =>
    [
        new[] { Good },
        new Dictionary<string, VideoRequest> { ["a"] = Good },
        "text",
        new byte[] { 1 },
        new[] { 1, 2 },
        new JObject { ["steps"] = new JArray(9) },
        new Holder(new JArray(9)),
        new Holder(null),
    ];

    [TestCaseSource(nameof(BadBodies))]
    public void Body_value_out_of_bounds_anywhere_in_it_is_refused_by_name(object body, string name)
    {
        var call = Call();

        Assert.That(() => call.Body(body), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name).And.Message.StartsWith(name + " must be "));
    }

    [TestCaseSource(nameof(GoodBodies))]
    public void Body_without_a_value_out_of_bounds_is_taken(object body)
    {
        var call = Call();

        Assert.That(() => call.Body(body), Throws.Nothing);
    }

    [Test]
    public async Task Body_sequence_that_can_be_read_once_is_sent_whole()
    {
        var items = new Queue<VideoRequest>([Good, Good]);
        var call = Call().Body(Drained(items));

        using var content = call.CreateBody(streaming: false)!.CreateContent();

        var json = JArray.Parse(await content.ReadAsStringAsync());
        Assert.That(json.Select(item => (int?)item["steps"]), Is.EqualTo(new[] { 10, 10 }));
    }

    private static ApiCall Call() => new(new ApiOperation("POST", "path"), NoHooks.Instance, null);

    private static IEnumerable<VideoRequest> Sequence(params VideoRequest[] items) => items.Select(item => item);

    private static IEnumerable<VideoRequest> Drained(Queue<VideoRequest> items)
    {
        while (items.TryDequeue(out var item))
        {
            yield return item;
        }
    }

    private sealed class Holder(object? value) : IValidated
    {
        public void Validate(string path) => Validation.Nested(value, path, "Value");
    }
}
