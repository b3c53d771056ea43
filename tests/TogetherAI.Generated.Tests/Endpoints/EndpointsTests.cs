using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Endpoints;

public sealed class EndpointsTests
{
    [Test, CancelAfter(30_000)]
    public async Task List_filters_are_sent_in_the_query(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("GET", "/v1/endpoints", """{"object":"list","data":[{"id":"e-1","state":"STARTED","created_at":"2026-05-01T09:00:00.5Z"}]}""");
        var request = new EndpointListRequest { Type = EndpointType.Dedicated, UsageType = EndpointUsageType.OnDemand, IsMine = true };

        var endpoint = (await server.Client.Endpoints.ListAsync(request, cancellationToken: cancellationToken)).Data.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((endpoint.State, endpoint.CreatedAt), Is.EqualTo((EndpointState.Started, new DateTimeOffset(2026, 5, 1, 9, 0, 0, 500, TimeSpan.Zero))));
            Assert.That(new Uri(server.Received.Url).Query, Is.EqualTo("?type=dedicated&usage_type=on-demand&mine=true"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Delete_without_content_is_success(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("DELETE", "/v1/endpoints/e-1", "", status: 204);

        await server.Client.Endpoints.DeleteAsync("e-1", cancellationToken: cancellationToken);

        Assert.That(server.Received.Method, Is.EqualTo("DELETE"));
    }

    [Test, CancelAfter(30_000)]
    public void Delete_that_is_refused_throws(CancellationToken cancellationToken)
    {
        using var server = MockServer.Json("DELETE", "/v1/endpoints/e-1", """{"error":{"message":"Not yours."}}""", status: 403);

        Assert.That(
            async () => await server.Client.Endpoints.DeleteAsync("e-1", cancellationToken: cancellationToken),
            Throws.TypeOf<TogetherAIPermissionException>().With.Message.Contains("Not yours."));
    }
}
