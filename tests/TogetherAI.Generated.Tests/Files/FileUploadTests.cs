using System.Text;
using NUnit.Framework;
using TogetherAI.Tests.Support;

namespace TogetherAI.Tests.Files;

/// <summary>Uploads go by a redirect to a storage, which gets the bytes and nothing else.</summary>
[CancelAfter(30_000)]
public sealed class FileUploadTests
{
    private const string Line = """{"text":"a"}""";

    private const string Asked = "POST /v1/files?file_name=a.jsonl&file_type=jsonl&purpose=fine-tune application/x-www-form-urlencoded; charset=utf-8 51 Bearer " + Clients.Key
        + " file_name=a.jsonl&file_type=jsonl&purpose=fine-tune";

    private const string Stored = "PUT /storage/file-1?X-Signature=secret-signature application/octet-stream 12  " + Line;

    private static byte[] Bytes => Encoding.UTF8.GetBytes(Line);

    private static IEnumerable<TestCaseData> Sources()
    {
        yield return new TestCaseData((object)(() => FileUpload.FromBytes(Bytes, "a.jsonl"))) { TestName = "Upload_of_bytes_goes_to_the_storage_without_the_key" };
        yield return new TestCaseData((object)(() => FileUpload.FromStream(new MemoryStream(Bytes), "a.jsonl"))) { TestName = "Upload_of_a_stream_goes_to_the_storage_without_the_key" };
        yield return new TestCaseData((object)(() => FileUpload.FromStream(new ForwardStream(Line), "a.jsonl"))) { TestName = "Upload_of_a_stream_of_unknown_length_goes_to_the_storage_without_the_key" };
    }

    [TestCaseSource(nameof(Sources))]
    public async Task Upload_goes_to_the_storage_without_the_key(object source)
    {
        await using var server = await FileStore.StartAsync(configure: options => options.Headers["x-extra"] = "");
        var options = new TogetherAIRequestOptions { Headers = { ["x-extra"] = "" } };

        var file = await server.Client.Files.UploadAsync(new FileUploadRequest(((Func<FileUpload>)source)(), FilePurpose.FineTune), options);

        Assert.That(file.Id, Is.EqualTo("file-1"));
        Assert.That(server.Requests, Is.EqualTo(new[] { Asked, Stored }));
    }

    [Test]
    public async Task Upload_of_a_path_takes_its_name_and_format()
    {
        await using var server = await FileStore.StartAsync();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "a.jsonl");
            await File.WriteAllBytesAsync(path, Bytes);

            await server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromFile(path), FilePurpose.FineTune));

            Assert.That(server.Requests, Is.EqualTo(new[] { Asked, Stored }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Upload_is_sent_to_the_storage_again_after_a_failure_but_asked_for_once()
    {
        await using var server = await FileStore.StartAsync([500], configure: options => options.MaxRetries = 1);

        await server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Bytes, "a.jsonl"), FilePurpose.FineTune));

        Assert.That(server.Requests, Is.EqualTo(new[] { Asked, Stored, Stored }));
    }

    [Test]
    public async Task Upload_that_the_storage_refuses_fails_without_the_signature()
    {
        await using var server = await FileStore.StartAsync([403]);

        var failure = await Failures.Of<TogetherAIException>(() => server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Bytes, "a.jsonl"), FilePurpose.FineTune)));

        Assert.That(failure.ToString(), Does.Contain("403").And.Not.Contain("secret-signature").And.Not.Contain(Clients.Key));
    }

    [Test]
    public async Task Upload_reports_how_many_bytes_have_been_sent()
    {
        await using var server = await FileStore.StartAsync();
        var reported = new List<long>();
        var bytes = new byte[300_000];

        await server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(bytes, "a.parquet"), FilePurpose.FineTune) { Progress = new Reports(reported) });

        Assert.That(reported, Is.Ordered.And.Count.GreaterThan(1));
        Assert.That(reported[^1], Is.EqualTo(300_000));
    }

    [Test]
    public async Task Upload_over_a_stack_that_follows_redirects_says_so()
    {
        using var httpClient = new HttpClient(new HttpClientHandler());
        await using var server = await FileStore.StartAsync(httpClient: httpClient);

        Assert.That(
            async () => await server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Bytes, "a.jsonl"), FilePurpose.FineTune)),
            Throws.InvalidOperationException.With.Message.Contains("AllowAutoRedirect"));
    }

    [Test]
    public async Task Upload_over_a_stack_that_sends_a_key_to_all_sends_nothing()
    {
        using var httpClient = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        httpClient.DefaultRequestHeaders.Authorization = new("Bearer", Clients.Key);
        await using var server = await FileStore.StartAsync(httpClient: httpClient);

        Assert.That(
            async () => await server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Bytes, "a.jsonl"), FilePurpose.FineTune)),
            Throws.InvalidOperationException.With.Message.Contains("Authorization").And.Message.Not.Contains(Clients.Key));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase("http://storage.example/file-1", "https")]
    [TestCase("ftp://storage.example/file-1", "https")]
    public async Task Upload_to_an_address_in_the_clear_is_refused(string location, string said)
    {
        await using var server = await FileStore.StartAsync(location: location);

        Assert.That(
            async () => await server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Bytes, "a.jsonl"), FilePurpose.FineTune)),
            Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains(said));
    }

    [TestCase("{\"a\":1}\nnonsense\n", "fine-tune", "Line 2")]
    [TestCase("{\"a\":1}\n[1]\n", "fine-tune", "Line 2")]
    [TestCase("{\"a\":1}\n\n{\"a\":1}\n", "fine-tune", "Line 2")]
    [TestCase("{\"a\":1}\r\n{\"a\":", "fine-tune", "Line 2")]
    [TestCase("{\"a\":1} {}", "fine-tune", "Line 1")]
    [TestCase("{\"custom_id\":\"1\",\"body\":{}}\n{\"body\":{}}", "batch-api", "Line 2 of the file is invalid: it needs a custom_id")]
    [TestCase("{\"custom_id\":\"1\"}", "batch-api", "Line 1 of the file is invalid: it needs a body")]
    [TestCase("{\"custom_id\":\"1\",\"body\":{}}\n{\"custom_id\":\"1\",\"body\":{}}", "batch-api", "Line 2 of the file is invalid: its custom_id is that of line 1")]
    [TestCase("", "fine-tune", "empty")]
    public async Task Upload_of_an_invalid_file_names_the_line_and_sends_nothing(string content, string purpose, string said)
    {
        await using var server = await FileStore.StartAsync();

        Assert.That(
            async () => await server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Encoding.UTF8.GetBytes(content), "a.jsonl"), new FilePurpose(purpose))),
            Throws.ArgumentException.With.Message.Contains(said));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase("a.txt", "FileType")]
    public async Task Upload_of_an_unknown_format_says_what_to_set(string name, string said)
    {
        await using var server = await FileStore.StartAsync();

        Assert.That(
            async () => await server.Client.Files.UploadAsync(new FileUploadRequest(FileUpload.FromBytes(Bytes, name), FilePurpose.FineTune)),
            Throws.ArgumentException.With.Message.Contains(said));
    }

    [Test]
    public async Task Content_is_read_line_by_line()
    {
        await using var server = await FileStore.StartAsync();
        server.Content = "\uFEFF{\"id\":\"a\"}\r\n\n{\"id\":\"b\"}";

        using var texts = await server.Client.Files.DownloadAsync("file-1");
        using var objects = await server.Client.Files.DownloadAsync("file-1");
        var lines = await ToListAsync(texts.ReadLinesAsync());
        var files = await ToListAsync(objects.ReadLinesAsync<TogetherAIFile>());

        Assert.That(lines, Is.EqualTo(new[] { "{\"id\":\"a\"}", "{\"id\":\"b\"}" }));
        Assert.That(files.Select(file => file.Id), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Line_that_cannot_be_read_is_named()
    {
        await using var server = await FileStore.StartAsync();
        server.Content = "{\"id\":\"a\"}\n[]\n";
        using var file = await server.Client.Files.DownloadAsync("file-1");

        Assert.That(async () => await ToListAsync(file.ReadLinesAsync<TogetherAIFile>()), Throws.TypeOf<TogetherAIInvalidResponseException>().With.Message.Contains("Line 2"));
    }

    [TestCase("application/json")]
    [TestCase("application/octet-stream")]
    [TestCase("text/plain")]
    public async Task Content_that_looks_like_an_error_is_content(string type)
    {
        const string Content = """{"custom_id":"1","error":{"message":"No such model.","code":"404"}}""";
        await using var server = RawServer.Answering(Answers.Of(200, Content, type));
        using var client = Clients.ForAll(server);

        using var file = await client.Files.DownloadAsync("file-1");

        Assert.That(await ToListAsync(file.ReadLinesAsync()), Is.EqualTo(new[] { Content }));
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private sealed class Reports(List<long> reported) : IProgress<long>
    {
        public void Report(long value) => reported.Add(value);
    }
}
