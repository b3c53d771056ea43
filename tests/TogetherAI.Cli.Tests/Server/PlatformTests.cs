using TogetherAI.Cli.Tests.Support;
using TogetherAI.LocalServer;

namespace TogetherAI.Cli.Tests.Server;

/// <summary>The owner of the key, endpoints and hardware.</summary>
public sealed class PlatformTests
{
    private TogetherAILocalServer _server = null!;
    private TogetherAIClient _client = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await TogetherAILocalServer.StartAsync();
        _client = new TogetherAIClient(new TogetherAIOptions { BaseUrl = _server.Url, ApiKey = "any", MaxRetries = 0 });
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test, CancelAfter(60_000)]
    public async Task Owner_of_the_key_is_told(CancellationToken cancellationToken)
    {
        var identity = await _client.Account.RetrieveAsync(cancellationToken: cancellationToken);
        var tool = await InProcessTool.RunAsync(cancellationToken, "whoami", "--api-url", _server.Url.AbsoluteUri);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(identity.ProjectSlug, Is.EqualTo("local"));
            Assert.That(tool.ExitCode, Is.EqualTo(ExitCodes.Success));
            Assert.That(tool.OutputLines[0], Is.EqualTo($"organization\t{identity.OrganizationId}\t{identity.OrganizationName}"));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Endpoints_are_listed_by_type_and_owner(CancellationToken cancellationToken)
    {
        var all = await _client.Endpoints.ListAsync(cancellationToken: cancellationToken);
        var mine = await _client.Endpoints.ListAsync(new EndpointListRequest { IsMine = true, UsageType = EndpointUsageType.OnDemand }, cancellationToken: cancellationToken);
        var serverless = await _client.Endpoints.ListAsync(new EndpointListRequest { Type = EndpointType.Serverless }, cancellationToken: cancellationToken);
        var one = await _client.Endpoints.RetrieveAsync(mine.Data.Single().Id, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Data, Has.Count.EqualTo(mine.Data.Count + serverless.Data.Count));
            Assert.That(mine.Data[0].Hardware, Is.Null, "as the service lists them");
            Assert.That((one.Type, one.State, one.Autoscaling!.MaxReplicas), Is.EqualTo((EndpointType.Dedicated, EndpointState.Started, (int?)1)));
            Assert.That(
                async () => await _client.Endpoints.ListAsync(new EndpointListRequest { Type = new EndpointType("odd") }, cancellationToken: cancellationToken),
                Throws.TypeOf<TogetherAIInvalidRequestException>());
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Endpoint_is_deleted_by_its_owner_alone(CancellationToken cancellationToken)
    {
        var endpoints = (await _client.Endpoints.ListAsync(cancellationToken: cancellationToken)).Data;
        var (mine, other) = (endpoints.Single(each => each.Type == EndpointType.Dedicated).Id, endpoints.First(each => each.Type == EndpointType.Serverless).Id);

        await _client.Endpoints.DeleteAsync(mine, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await _client.Endpoints.RetrieveAsync(mine, cancellationToken: cancellationToken), Throws.TypeOf<TogetherAINotFoundException>());
            Assert.That(async () => await _client.Endpoints.DeleteAsync(mine, cancellationToken: cancellationToken), Throws.TypeOf<TogetherAINotFoundException>());
            Assert.That(async () => await _client.Endpoints.DeleteAsync(other, cancellationToken: cancellationToken), Throws.TypeOf<TogetherAIPermissionException>());
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Endpoint_is_not_created(CancellationToken cancellationToken)
    {
        using var response = await PlainHttp.PostToAsync(_server, "v1/endpoints", """{"model":"m","hardware":"h"}""", cancellationToken);

        var body = await PlainHttp.JsonAsync(response, cancellationToken);
        Assert.That(((int)response.StatusCode, (string?)body["error"]!["code"]), Is.EqualTo((403, "endpoints_v1_create_access_disabled")));
    }

    [Test, CancelAfter(30_000)]
    public async Task Hardware_is_available_for_a_model(CancellationToken cancellationToken)
    {
        var all = await _client.Endpoints.ListHardwareAsync(cancellationToken: cancellationToken);
        var forModel = await _client.Endpoints.ListHardwareAsync(new EndpointListHardwareRequest { Model = "local/mock-chat" }, cancellationToken: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Data.Select(machine => machine.Availability), Is.All.Null);
            Assert.That(forModel.Data.Select(machine => machine.Availability!.Status), Is.All.EqualTo(EndpointHardwareStatus.Available));
            Assert.That(all.Data[0].Pricing!.CentsPerMinute, Is.EqualTo(4.25m));
        }
    }
}
